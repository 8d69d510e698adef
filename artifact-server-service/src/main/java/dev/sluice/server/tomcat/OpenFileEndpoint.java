package dev.sluice.server.tomcat;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.collections.SynchronizedStack;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tomcat's endpoint with connections that send open files. */
final class OpenFileEndpoint extends NioEndpoint {

    private static final Logger log = LoggerFactory.getLogger(OpenFileEndpoint.class);

    private final HandedOverFiles files;

    OpenFileEndpoint(HandedOverFiles files) {
        this.files = files;
    }

    /** Does what the overridden method does; the class of the connection is the one thing that differs. */
    @Override
    protected boolean setSocketOptions(SocketChannel socket) {
        try {
            NioChannel channel = channel();
            OpenFileConnection connection = new OpenFileConnection(channel, this, files);
            channel.reset(socket, connection);
            connections.put(socket, connection);
            socket.configureBlocking(false);
            socketProperties.setProperties(socket.socket());
            connection.setReadTimeout(getConnectionTimeout());
            connection.setWriteTimeout(getConnectionTimeout());
            connection.setKeepAliveLeft(getMaxKeepAliveRequests());
            getPoller().register(connection);
            return true;
        } catch (IOException | RuntimeException e) {
            // Tomcat closes the socket on false; a client that is gone before it was served is everyday
            log.debug("cannot set up a connection", e);
            return false;
        }
    }

    private NioChannel channel() {
        SynchronizedStack<NioChannel> pool = getNioChannels();
        NioChannel pooled = pool == null ? null : pool.pop();
        return pooled == null
                ? createChannel(new SocketBufferHandler(
                        socketProperties.getAppReadBufSize(),
                        socketProperties.getAppWriteBufSize(),
                        socketProperties.getDirectBuffer()))
                : pooled;
    }
}
