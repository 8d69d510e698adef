package dev.sluice.server.tomcat;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.NioEndpoint.SendfileData;
import org.apache.tomcat.util.net.SendfileState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches connections as Tomcat's poller does, and goes on watching one while its request is handled: to end that and to
 * begin it anew wakes this thread once more for each request.
 *
 * <p>It may wait for the volume itself while that is quick. Should the volume hold it up nevertheless, another thread takes
 * its turn, and it ends with the step that it is at.
 */
final class OpenFilePoller extends NioEndpoint.Poller {

    private static final Logger log = LoggerFactory.getLogger(OpenFilePoller.class);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

    private final OpenFileEndpoint endpoint;
    private final String name;
    private final VolumePace pace;
    private final int mostHeldUp;
    private final PollerTurn turn = new PollerTurn();
    private final LostTime lost;

    /** Made beforehand: where memory is short it must not become another failure, after which a run is begun anew. */
    private final RelievedException relieved = new RelievedException();

    private volatile @Nullable Thread thread;

    /** Of the thread that watches. */
    private boolean successorIsDue;

    /** What its runs have in common: they answer only what needs to wait for no client. */
    private static final class PollerThread extends Thread {

        PollerThread(Runnable run, String name) {
            super(run, name);
            setDaemon(true);
        }
    }

    /** Ends the run of a thread that has lost its turn. */
    private static final class RelievedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RelievedException() {
            super("another thread has the turn", null, false, false);
        }
    }

    OpenFilePoller(OpenFileEndpoint endpoint, int number, int mostHeldUp) throws IOException {
        endpoint.super();
        this.endpoint = endpoint;
        this.name = endpoint.getName() + "-Poller-" + number;
        this.pace = endpoint.pace();
        this.mostHeldUp = mostHeldUp;
        this.lost = new LostTime(pace);
    }

    /** Whether this is the thread of a poller: nothing may wait for a client there, since it is the one to see what came. */
    static boolean isCurrentThread() {
        return Thread.currentThread() instanceof PollerThread;
    }

    LostTime lost() {
        return lost;
    }

    void start() {
        new PollerThread(this, name).start();
    }

    void end() {
        destroy();
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        boolean again = true;
        while (again) {
            again = isCutShort();
        }
    }

    /** Whether a run ended that should not have: all connections of this poller would stand still without a word. */
    private boolean isCutShort() {
        try {
            super.run();
            return false;
        } catch (RelievedException e) {
            return false;
        } catch (VirtualMachineError e) {
            // the one kind of failure that Tomcat throws on
            LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
            getSelector().selectedKeys().clear();
            tell("a thread that serves connections goes on after a failure", e);
            return true;
        }
    }

    private static void tell(String what, VirtualMachineError failure) {
        try {
            log.error(what, failure);
        } catch (VirtualMachineError e) {
            // there is no memory for that either, and the connections matter more
        }
    }

    /** Called at equal intervals by one thread. Gives the connections to a new thread if theirs is held up. */
    void relieveIfHeldUp() {
        OptionalLong step = turn.heldUp();
        if (step.isPresent()) {
            if (pace.beginHeldUp() <= mostHeldUp && turn.take(step.getAsLong())) {
                successorIsDue = true;
            } else {
                pace.endHeldUp();
            }
        }
        if (successorIsDue) {
            // if there can be no more threads, the next call tries again
            new PollerThread(this::succeed, name).start();
            successorIsDue = false;
            log.info("a thread that serves connections waits for the volume, another takes its place");
        }
    }

    private void succeed() {
        Thread former = thread;
        if (former != null) {
            former.setName(name + "-held-up");
        }
        // what the former thread has not come to is still there, so the selector tells of it once more
        getSelector().selectedKeys().clear();
        run();
    }

    /** Goes on watching a connection whose request this thread has read to its end and now hands on. */
    void keepWatching(OpenFileConnection connection) {
        SelectionKey key = keyOf(connection);
        if (key != null) {
            connection.watch().keepDuring(key);
        }
    }

    private @Nullable SelectionKey keyOf(NioSocketWrapper connection) {
        SocketChannel channel = connection.getSocket().getIOChannel();
        // a connection that was closed has none
        return channel == null ? null : channel.keyFor(getSelector());
    }

    @Override
    protected void processKey(SelectionKey key, NioSocketWrapper connection) {
        if (isHandlers(key, connection)) {
            return;
        }
        lookAway(key, connection);
        long step = turn.begin();
        try {
            if (!isLeftToOthers(key, connection)) {
                super.processKey(key, connection);
            }
        } catch (VirtualMachineError e) {
            connection.close();
            tell("a connection was closed because of a failure", e);
        } finally {
            end(step);
        }
    }

    /** Before the step begins: a successor must not see a connection that is in the hands of this thread. */
    private void lookAway(SelectionKey key, NioSocketWrapper connection) {
        try {
            unreg(key, connection, key.readyOps());
        } catch (CancelledKeyException e) {
            // what follows sees that too, and closes the connection
        }
    }

    private void end(long step) {
        if (!turn.end(step)) {
            pace.rest();
            pace.endHeldUp();
            // a thread that selects already does not see what this one made the connection wait for
            getSelector().wakeup();
            throw relieved;
        }
    }

    /** What is thrown here would end this thread, and with it all its connections. */
    private static boolean isHandlers(SelectionKey key, NioSocketWrapper connection) {
        try {
            return watch(connection).isHandlers(key);
        } catch (CancelledKeyException e) {
            // its handler has closed it
            return false;
        }
    }

    /** The rest of a file that a slow volume has is sent by other threads. */
    private boolean isLeftToOthers(SelectionKey key, NioSocketWrapper connection) {
        Executor others = endpoint.getExecutor();
        if (others == null || !((OpenFileConnection) connection).sendsFromVolume() || pace.isQuick()) {
            return false;
        }
        try {
            others.execute(() -> sendOn(key, connection));
            return true;
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // about to stop, or no thread can be had
            return false;
        }
    }

    private void sendOn(SelectionKey key, NioSocketWrapper connection) {
        super.processKey(key, connection);
        getSelector().wakeup();
    }

    @Override
    public SendfileState processSendfile(SelectionKey key, NioSocketWrapper connection, boolean calledByProcessor) {
        SendfileData file = connection.getSendfileData();
        if (file == null || !isCurrentThread() || !((OpenFileConnection) connection).sendsFromVolume()) {
            return super.processSendfile(key, connection, calledByProcessor);
        }
        long left = file.length;
        long begun = System.nanoTime();
        SendfileState state = super.processSendfile(key, connection, calledByProcessor);
        lost.took(System.nanoTime() - begun, left - file.length);
        return state;
    }

    @Override
    protected void unreg(SelectionKey key, NioSocketWrapper connection, int readyOps) {
        if (!watch(connection).isKept()) {
            super.unreg(key, connection, readyOps);
        }
    }

    @Override
    protected void reg(SelectionKey key, NioSocketWrapper connection, int operations) {
        if (operations == SelectionKey.OP_READ) {
            watch(connection).backToPoller();
        }
        // in this order, since with the key the connection may become another thread's
        connection.interestOps(operations);
        key.interestOps(operations);
    }

    @Override
    public void add(NioSocketWrapper connection, int operations) {
        if (operations == SelectionKey.OP_READ && watch(connection).isKept()) {
            // from here on it may time out; before the turn is the poller's, which may give the next request away at
            // once
            connection.interestOps(operations);
        }
        if (operations == SelectionKey.OP_READ && watch(connection).backToPoller()) {
            return;
        }
        SelectionKey key = operations == SelectionKey.OP_WRITE ? keyOf(connection) : null;
        if (key != null) {
            watch(connection).turnToWriting(key);
        }
        super.add(connection, operations);
    }

    private static ConnectionWatch watch(NioSocketWrapper connection) {
        return ((OpenFileConnection) connection).watch();
    }
}
