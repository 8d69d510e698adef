package dev.sluice.server.tomcat;

import dev.sluice.artifact.concurrent.DaemonThreads;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.NioEndpoint.SendfileData;
import org.apache.tomcat.util.net.SendfileKeepAliveState;
import org.apache.tomcat.util.net.SendfileState;
import org.apache.tomcat.util.net.SocketEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A poller that handles requests and sends files in its own thread while the volume is fast. If the volume blocks that
 * thread, a new thread takes over the selector and all connections; the blocked thread exits after its current step.
 */
final class OpenFilePoller extends NioEndpoint.Poller {

    private static final Logger LOG = LoggerFactory.getLogger(OpenFilePoller.class);

    private static final ThreadLocal<@Nullable OpenFilePoller> CURRENT = new ThreadLocal<>();

    private final OpenFileEndpoint endpoint;
    private final String name;
    private final StallBudget budget;
    private final StallBudget.Share share;
    private final PollerOwnership ownership = new PollerOwnership();
    private volatile @Nullable Thread owner;
    private volatile boolean ended;

    OpenFilePoller(OpenFileEndpoint endpoint, int number, StallBudget budget) throws IOException {
        endpoint.super();
        this.endpoint = endpoint;
        this.name = endpoint.getName() + "-Poller-" + number;
        this.budget = budget;
        this.share = budget.new Share();
    }

    /** Whether the current thread is a poller, which must not wait for a client. */
    static boolean isCurrentThread() {
        return CURRENT.get() != null;
    }

    /** Records an access to the volume if the current thread is a poller. */
    static void recordAccess(long nanos, long bytes) {
        OpenFilePoller current = CURRENT.get();
        if (current != null) {
            current.share.record(nanos, bytes);
        }
    }

    void start() {
        Thread thread = DaemonThreads.create(name, this);
        thread.start();
        owner = thread;
    }

    void end() {
        ended = true;
        destroy();
    }

    @Override
    public void run() {
        CURRENT.set(this);
        // the selector reports keys that the previous thread did not handle again
        getSelector().selectedKeys().clear();
        try {
            super.run();
        } catch (CancellationException e) {
            // another thread has taken over
        }
    }

    /** Replaces this poller's thread if it is blocked or has failed. Called at equal intervals by one thread. */
    void replaceIfBlocked() {
        Thread thread = owner;
        if (thread != null && ownership.takeIfBlocked()) {
            budget.beginBlocked();
            thread.setName(name + "-blocked");
            owner = null;
            LOG.info("poller blocked on the volume; replaced");
        } else if (thread != null && !thread.isAlive()) {
            owner = null;
            LOG.error("poller failed; replaced");
        }
        if (owner == null && !ended) {
            start();
        }
    }

    @Override
    protected void processKey(SelectionKey key, NioSocketWrapper connection) {
        try {
            // before the step starts, so that a successor does not see a connection that this thread handles
            unreg(key, connection, key.readyOps());
        } catch (CancelledKeyException e) {
            connection.close();
            return;
        }
        long step = ownership.begin();
        try {
            if (!isHandedToWorker(key, (OpenFileConnection) connection)) {
                super.processKey(key, connection);
            }
        } catch (VirtualMachineError e) {
            connection.close();
            throw e;
        } finally {
            end(step);
        }
    }

    private void end(long step) {
        if (!ownership.end(step)) {
            budget.endBlocked();
            // the successor's select may have started before this thread changed the key
            getSelector().wakeup();
            throw new CancellationException("another thread owns the poller");
        }
    }

    /** Hands the rest of a download to a worker while the budget is exhausted. */
    private boolean isHandedToWorker(SelectionKey key, OpenFileConnection connection) {
        Executor workers = endpoint.getExecutor();
        if (workers == null || !connection.sendsFromVolume() || !budget.isExhausted()) {
            return false;
        }
        try {
            endpoint.sends().execute(workers, () -> super.processKey(key, connection));
            return true;
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // the server is stopping, or no thread can be created
            return false;
        }
    }

    /** Sends a {@code FileDownload} instead of a file by name. */
    @Override
    public SendfileState processSendfile(SelectionKey key, NioSocketWrapper wrapper, boolean calledByProcessor) {
        OpenFileConnection connection = (OpenFileConnection) wrapper;
        SendfileData data = connection.getSendfileData();
        try {
            if (!connection.send()) {
                add(connection, SelectionKey.OP_WRITE);
                return SendfileState.PENDING;
            }
        } catch (IOException | RuntimeException e) {
            if (!calledByProcessor) {
                connection.close();
            }
            return SendfileState.ERROR;
        }
        connection.endSend();
        if (!calledByProcessor && !isNextRequestHandled(connection, data.keepAliveState)) {
            connection.close();
        }
        return SendfileState.DONE;
    }

    /** Handles the next request; if none has arrived, the connection waits for one. */
    private boolean isNextRequestHandled(OpenFileConnection connection, SendfileKeepAliveState state) {
        return state != SendfileKeepAliveState.NONE && endpoint.processSocket(connection, SocketEvent.OPEN_READ, true);
    }
}
