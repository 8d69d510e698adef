package dev.sluice.server.tomcat;

import dev.sluice.artifact.server.ServedFiles;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.Optional;
import org.apache.tomcat.util.collections.SynchronizedStack;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tomcat's endpoint with connections that send open files. */
final class OpenFileEndpoint extends NioEndpoint {

    private static final Logger log = LoggerFactory.getLogger(OpenFileEndpoint.class);

    private final HandedOverFiles files;
    private final VolumePace pace;
    private volatile @Nullable ServedFiles served;
    private @Nullable Pollers pollers;

    OpenFileEndpoint(HandedOverFiles files, VolumePace pace) {
        this.files = files;
        this.pace = pace;
    }

    /** Takes where files are looked for by the pollers themselves. */
    void served(ServedFiles files) {
        served = files;
    }

    VolumePace pace() {
        return pace;
    }

    @Override
    public void startInternal() throws Exception {
        if (running) {
            return;
        }
        Pollers started = new Pollers(this, getMaxThreads());
        pollers = started;
        super.startInternal();
        started.start();
    }

    @Override
    public void stopInternal() {
        pause();
        if (pollers != null) {
            pollers.end();
        }
        super.stopInternal();
    }

    /** Asked once for each connection. Tomcat's own poller has none. */
    @Override
    protected Poller getPoller() {
        return Objects.requireNonNull(pollers, "not started").next();
    }

    /**
     * The poller itself answers what it can without waiting, since a switch to another thread costs more than the answer:
     * from memory at any time, from the volume while that is quick. All else could hold up everybody, so another thread
     * has it.
     */
    @Override
    public boolean processSocket(SocketWrapperBase<NioChannel> socket, SocketEvent event, boolean dispatch) {
        OpenFileConnection connection = (OpenFileConnection) socket;
        if (event == SocketEvent.OPEN_WRITE && !isSSLEnabled()) {
            // nothing here writes in a way that asks for this: a poller that was relieved took another's readiness for
            // its own
            return true;
        }
        if (dispatch && event == SocketEvent.OPEN_READ) {
            Optional<String> path = connection.pathOfLoneGet();
            if (path.isPresent()) {
                poller(connection).keepWatching(connection);
            }
            if (path.isPresent() && isAnswered(path.get(), connection)) {
                return true;
            }
        }
        return super.processSocket(socket, event, dispatch);
    }

    private boolean isAnswered(String path, OpenFileConnection connection) {
        ServedFiles files = served;
        return files != null
                && (files.whileHeld(path, () -> answer(connection))
                        || (pace.isQuick() && isFound(files, path, connection)));
    }

    private boolean isFound(ServedFiles files, String path, OpenFileConnection connection) {
        LostTime lost = poller(connection).lost();
        long begun = System.nanoTime();
        boolean answered = files.whileOpen(path, () -> {
            lost.took(System.nanoTime() - begun, 0);
            answer(connection);
        });
        if (!answered) {
            lost.took(System.nanoTime() - begun, 0);
        }
        return answered;
    }

    private static OpenFilePoller poller(OpenFileConnection connection) {
        return (OpenFilePoller) connection.getPoller();
    }

    private void answer(OpenFileConnection connection) {
        if (!super.processSocket(connection, SocketEvent.OPEN_READ, false)) {
            connection.close();
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
