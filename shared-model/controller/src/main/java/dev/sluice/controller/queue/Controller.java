package dev.sluice.controller.queue;

import dev.sluice.artifact.concurrent.DaemonThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Worker threads that take keys from a queue and hand them to a reconciler.
 *
 * <p>Whatever a run throws is contained, counted and retried with back-off. A run that exceeds the time limit is
 * interrupted. Work starts once {@code ready} says so, however long that takes; keys may be added from the beginning.
 * {@link #pause} and {@link #resume} follow leadership. All methods are thread-safe.
 */
public final class Controller<K> {

    /** How long interrupted runs get to end. */
    private static final Duration LAST_WAIT = Duration.ofSeconds(2);

    /** What an interrupted run may need to end, before a worker loop counts as wedged. */
    private static final Duration INTERRUPT_GRACE = Duration.ofMinutes(1);

    private final ControllerOptions options;
    private final int threadCount;
    private final WorkQueue<K> queue;
    private final BackOff<K> backOff;
    private final Watchdog<K> watchdog;
    private final StartGate gate;
    private final Worker<K> worker;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    /** A controller on the machine's clock; call {@link #start()}. */
    public Controller(
            ControllerOptions options, Reconciler<K> reconciler, BooleanSupplier ready, ControllerListener listener) {
        this(options, reconciler, ready, listener, Ticker.system());
    }

    /**
     * A controller of one group; call {@link #start()}.
     *
     * @param ready whether work may start: the caches are filled. Asked ten times a second until true, then no more
     * @param ticker the clock of delays and measurements; the time limit of a run is always on the machine's clock
     */
    public Controller(
            ControllerOptions options,
            Reconciler<K> reconciler,
            BooleanSupplier ready,
            ControllerListener listener,
            Ticker ticker) {
        this(options, reconciler, ready, listener, ticker, Optional.empty());
    }

    /**
     * A controller; call {@link #start()}.
     *
     * @param grouping groups of keys take turns, and while others wait none has more than half of the workers (see
     *     {@link WorkQueue}): the namespace, where tenants must not hold each other up. It takes twice as many threads,
     *     and a run may be interrupted to give way to a group that has none; it comes again at once. Empty for one group
     */
    public Controller(
            ControllerOptions options,
            Reconciler<K> reconciler,
            BooleanSupplier ready,
            ControllerListener listener,
            Ticker ticker,
            Optional<Function<? super K, ?>> grouping) {
        ControllerListener guarded = new GuardedListener(listener);
        this.options = options;
        this.threadCount = grouping.isPresent() ? WorkQueue.threads(options.workers()) : options.workers();
        this.queue = new WorkQueue<>(ticker, guarded, options.workers(), grouping.orElse(key -> ""));
        this.backOff = new BackOff<>(options.backOff(), Math::random);
        this.watchdog = new Watchdog<>(options.name(), options.timeout());
        RunCompletion<K> settlement = new RunCompletion<>(options.name(), queue, backOff, guarded);
        this.gate = new StartGate(options.name(), ready, stopped);
        this.worker = new Worker<>(queue, reconciler, watchdog, settlement, gate, ticker);
    }

    /**
     * Starts the worker threads.
     *
     * @throws IllegalStateException when called twice
     */
    public synchronized void start() {
        if (!threads.isEmpty()) {
            throw new IllegalStateException("the controller " + options.name() + " was already started");
        }
        for (int i = 1; i <= threadCount; i++) {
            // a daemon: a run that ignores its interrupt must not keep the process from ending
            Thread thread = DaemonThreads.create(options.name() + "-worker-" + i, worker);
            threads.add(thread);
            thread.start();
        }
        watchdog.watch(queue::toGiveWay);
    }

    /** Adds a key to be worked on as soon as possible. */
    public void enqueue(K key) {
        queue.add(key);
    }

    /**
     * The object of a key is gone. A working controller runs the key once more; a paused one forgets it, so that what it
     * remembers follows the objects that there are.
     */
    public void gone(K key) {
        if (queue.forgetIfPaused(key)) {
            backOff.reset(key);
        } else {
            queue.add(key);
        }
    }

    /** Adds a key after a delay; see {@link WorkQueue#addAfter}. */
    public void enqueueAfter(K key, Duration delay) {
        queue.addAfter(key, delay);
    }

    /**
     * Starts no more runs until {@link #resume()}, and waits for those that are under way. When the grace period is
     * over they are interrupted and get two seconds more; their keys wait for the next worker.
     *
     * @return whether nothing runs any more
     */
    public boolean pause(Duration grace) {
        queue.pause();
        return awaitIdle(grace) || abandon();
    }

    /** Starts runs again. */
    public void resume() {
        queue.resume();
    }

    /**
     * Ends the controller for good: like {@link #pause}, then the worker threads end. What still waits in the queue is
     * forgotten.
     *
     * @return whether nothing runs any more
     */
    public boolean stop(Duration grace) {
        boolean idle = pause(grace);
        stopped.countDown();
        queue.shutDown();
        watchdog.close();
        return idle;
    }

    /** How the queue and the workers stand now. */
    public QueueStats stats() {
        return queue.stats();
    }

    /**
     * Whether keys wait that have a right to a worker, and no worker has taken or finished one for longer than a run may
     * take, and a minute: then all threads hang in runs that do not heed their interrupt, or are gone. Runs that end at
     * their time limit are progress, however many groups they hold up. A group that hangs on its own share, or on all
     * workers while it was alone, does not count once there was another group. An idle controller, a paused one and one
     * that waits for its caches are not wedged.
     */
    public boolean isWedged() {
        return gate.isOpen() && queue.stalledFor().compareTo(options.timeout().plus(INTERRUPT_GRACE)) > 0;
    }

    /** What the controller was made with. */
    public ControllerOptions options() {
        return options;
    }

    private boolean abandon() {
        watchdog.abandonAll();
        return awaitIdle(LAST_WAIT);
    }

    /** An interrupted caller has no time to wait. */
    private boolean awaitIdle(Duration limit) {
        try {
            return queue.awaitIdle(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
