package dev.sluice.server.tomcat;

import dev.sluice.artifact.concurrent.Outage;
import dev.sluice.artifact.tls.TlsSource;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An NIO endpoint with several pollers, which can handle requests, and connections that send open files. */
final class OpenFileEndpoint extends NioEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(OpenFileEndpoint.class);

    /** Number of requests that workers handle first: they load classes, which can look like a blocked volume. */
    static final int FIRST_READS = 20;

    /** A poller counts as blocked after three intervals, so its connections wait for up to 150 ms. */
    private static final int WATCHDOG_MILLIS = 50;

    /**
     * Heap for each TLS connection. Measured: an idle one occupies 63 KB, one that stopped in the handshake 83 KB. After a
     * large download, its buffer is 51 KB larger.
     */
    private static final int TLS_CONNECTION_BYTES = 200 * 1024;

    private final Outage outage = new Outage();
    private final AtomicInteger firstReads = new AtomicInteger(FIRST_READS);
    private final StallBudget budget;
    private final WorkerSends sends = new WorkerSends(this::getMaxThreads);
    private final List<OpenFilePoller> pollers = new ArrayList<>();
    private @Nullable Future<?> watchdog;
    private int assigned;
    private volatile @Nullable TlsSource tls;

    OpenFileEndpoint(StallBudget budget) {
        this.budget = budget;
    }

    @Override
    public void startInternal() throws Exception {
        if (running) {
            return;
        }
        if (tls != null) {
            setMaxConnections(
                    tlsConnections(getMaxConnections(), Runtime.getRuntime().maxMemory()));
            if (getMaxKeepAliveRequests() < 0) {
                // without a limit, Tomcat does not ask the connection after each request
                setMaxKeepAliveRequests(Integer.MAX_VALUE);
            }
        }
        for (int i = 1; i <= Runtime.getRuntime().availableProcessors(); i++) {
            pollers.add(new OpenFilePoller(this, i, budget));
        }
        super.startInternal();
        pollers.forEach(OpenFilePoller::start);
        watchdog = getUtilityExecutor()
                .scheduleWithFixedDelay(this::replaceBlocked, WATCHDOG_MILLIS, WATCHDOG_MILLIS, TimeUnit.MILLISECONDS);
    }

    static int tlsConnections(int configured, long maxHeapBytes) {
        return (int) Math.min(configured, maxHeapBytes / TLS_CONNECTION_BYTES);
    }

    private void replaceBlocked() {
        try {
            pollers.forEach(OpenFilePoller::replaceIfBlocked);
            if (outage.ends()) {
                LOG.info("blocked pollers can be replaced again");
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            // rethrowing would end the watchdog
            if (outage.starts()) {
                LOG.error("cannot replace a blocked poller; retrying", e);
            }
        }
    }

    @Override
    public void stopInternal() {
        pause();
        if (watchdog != null) {
            watchdog.cancel(false);
        }
        pollers.forEach(OpenFilePoller::end);
        pollers.clear();
        super.stopInternal();
    }

    /** Called once for each connection, by the acceptor thread. Tomcat's own poller receives no connections. */
    @Override
    protected Poller getPoller() {
        return pollers.get(Math.floorMod(assigned++, pollers.size()));
    }

    /** Lets pollers handle requests while the volume is fast, since a thread switch costs more than the response. */
    @Override
    public boolean processSocket(SocketWrapperBase<NioChannel> socket, SocketEvent event, boolean dispatch) {
        if (!socket.getSocket().isHandshakeComplete()) {
            // a step of the handshake can take milliseconds
            return super.processSocket(socket, event, true);
        }
        if (event == SocketEvent.OPEN_WRITE) {
            if (socket.getSocket() instanceof TlsChannel tlsChannel && tlsChannel.takeFirstRequest()) {
                return processRequest(socket, SocketEvent.OPEN_READ, dispatch);
            }
            // no handler waits for this event; a replaced poller can see an event of its successor's select
            return true;
        }
        return processRequest(socket, event, dispatch);
    }

    private boolean processRequest(SocketWrapperBase<NioChannel> socket, SocketEvent event, boolean dispatch) {
        boolean byPoller =
                event == SocketEvent.OPEN_READ && OpenFilePoller.isCurrentThread() && pollersHandleRequests();
        return super.processSocket(socket, event, dispatch && !byPoller);
    }

    /** Serves over TLS only. Called before the start. */
    void useTls(TlsSource certificates) {
        tls = certificates;
    }

    @Override
    protected NioChannel createChannel(SocketBufferHandler buffers) {
        TlsSource certificates = tls;
        return certificates == null ? super.createChannel(buffers) : new TlsChannel(buffers, this, certificates);
    }

    /** The sends that pollers hand to workers. */
    WorkerSends sends() {
        return sends;
    }

    private boolean pollersHandleRequests() {
        return !budget.isExhausted() && (firstReads.get() <= 0 || firstReads.decrementAndGet() < 0);
    }

    /** Registers an {@link OpenFileConnection} with one of the pollers. */
    @Override
    protected boolean setSocketOptions(SocketChannel socket) {
        try {
            NioChannel channel = createChannel(new SocketBufferHandler(
                    socketProperties.getAppReadBufSize(), socketProperties.getAppWriteBufSize(), false));
            OpenFileConnection connection = new OpenFileConnection(channel, this);
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
            // clients often disconnect before they are served; Tomcat closes the connection
            return false;
        }
    }

    /** Does not interrupt workers: an interrupted thread closes its file, which blocks while the volume hangs. */
    @Override
    public void shutdownExecutor() {
        if (getExecutor() instanceof ExecutorService workers) {
            setExecutor(null);
            workers.shutdown();
        }
    }
}
