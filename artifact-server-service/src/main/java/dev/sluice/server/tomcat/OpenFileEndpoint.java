package dev.sluice.server.tomcat;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.apache.tomcat.util.collections.SynchronizedStack;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tomcat's endpoint with connections that send open files. */
final class OpenFileEndpoint extends NioEndpoint {

    private static final Logger log = LoggerFactory.getLogger(OpenFileEndpoint.class);

    private final HandedOverFiles files;
    private volatile BiPredicate<String, Runnable> inMemory = (path, answer) -> false;
    private final List<OpenFilePoller> pollers = new ArrayList<>();
    private int connectionCount;

    OpenFileEndpoint(HandedOverFiles files) {
        this.files = files;
    }

    /** Takes what runs an answer for a path, if that can be given from memory, and tells whether it did. */
    void inMemory(BiPredicate<String, Runnable> answers) {
        inMemory = answers;
    }

    @Override
    public void startInternal() throws Exception {
        if (!running) {
            for (int i = 1; i <= Runtime.getRuntime().availableProcessors(); i++) {
                pollers.add(new OpenFilePoller(this, i));
            }
        }
        super.startInternal();
        pollers.forEach(OpenFilePoller::start);
    }

    @Override
    public void stopInternal() {
        pause();
        pollers.forEach(OpenFilePoller::end);
        super.stopInternal();
        pollers.clear();
    }

    /** Asked once for each connection, by the one thread that accepts them: they take turns. Tomcat's own has none. */
    @Override
    protected Poller getPoller() {
        return pollers.get(Math.floorMod(connectionCount++, pollers.size()));
    }

    /**
     * What is answered from memory is answered by the poller itself: a switch to another thread costs more than that.
     * Whatever else a request may need, the volume above all, could hold up everybody, so another thread has it.
     */
    @Override
    public boolean processSocket(SocketWrapperBase<NioChannel> socket, SocketEvent event, boolean dispatch) {
        OpenFileConnection connection = (OpenFileConnection) socket;
        if (dispatch && event == SocketEvent.OPEN_READ) {
            Optional<String> path = connection.pathOfLoneGet();
            if (path.isPresent()) {
                ((OpenFilePoller) connection.getPoller()).keepWatching(connection);
            }
            if (path.isPresent() && inMemory.test(path.get(), () -> answer(connection))) {
                return true;
            }
        }
        return super.processSocket(socket, event, dispatch);
    }

    private void answer(OpenFileConnection connection) {
        connection.answeredBy(Thread.currentThread());
        try {
            if (!super.processSocket(connection, SocketEvent.OPEN_READ, false)) {
                connection.close();
            }
        } finally {
            connection.answeredBy(null);
        }
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
            connection.getPoller().register(connection);
            return true;
        } catch (IOException | RuntimeException e) {
            // Tomcat closes the socket on false; a client that is gone before it was served is everyday
            log.debug("cannot set up a connection", e);
            return false;
        }
    }

    @Override
    public void createExecutor() {
        int few = Math.min(getMaxThreads(), Math.max(2, Runtime.getRuntime().availableProcessors()));
        setExecutor(new RequestThreads(getName(), few, getMaxThreads()));
    }

    @Override
    public void shutdownExecutor() {
        if (getExecutor() instanceof RequestThreads threads) {
            setExecutor(null);
            threads.close();
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
