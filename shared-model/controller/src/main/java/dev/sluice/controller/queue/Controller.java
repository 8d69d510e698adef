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
 * A controller: worker threads that take keys from a work queue and reconcile them.
 *
 * <p>An exception of a run is caught, counted and retried with back-off. A run that exceeds the time limit is
 * interrupted. Keys may be added from the beginning; work starts once {@code ready} returns true. Use {@link #pause}
 * and {@link #resume} to follow leadership. All methods are thread-safe.
 */
public final class Controller<K> {

    /** Time for interrupted runs to end. */
    private static final Duration LAST_WAIT = Duration.ofSeconds(2);

    /** Time for an interrupted run to end before the controller counts as wedged. */
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

    /** Creates a controller on the system clock; call {@link #start()}. */
    public Controller(
            ControllerOptions options, Reconciler<K> reconciler, BooleanSupplier ready, ControllerListener listener) {
        this(options, reconciler, ready, listener, Ticker.system());
    }

    /**
     * Creates a controller without groups; call {@link #start()}.
     *
     * @param ready whether work may start, usually whether the caches are filled; polled ten times a second until true
     * @param ticker clock for delays and measurements; the time limit of a run always uses the system clock
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
     * Creates a controller; call {@link #start()}.
     *
     * @param grouping assigns keys to groups, for example namespaces of different tenants. Groups take turns, and none
     *     uses more than half of the workers while others wait (see {@link WorkQueue}). This takes twice as many
     *     threads, and a run may be preempted for a group that has no run; it is requeued at once. Empty for a single
     *     group
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
        RunCompletion<K> completion = new RunCompletion<>(options.name(), queue, backOff, guarded);
        this.gate = new StartGate(options.name(), ready, stopped);
        this.worker = new Worker<>(queue, reconciler, watchdog, completion, gate, ticker);
    }

    /**
     * Starts the worker threads.
     *
     * @throws IllegalStateException if called twice
     */
    public synchronized void start() {
        if (!threads.isEmpty()) {
            throw new IllegalStateException("controller " + options.name() + " is already started");
        }
        for (int i = 1; i <= threadCount; i++) {
            // a daemon: a run that ignores its interrupt must not keep the process alive
            Thread thread = DaemonThreads.create(options.name() + "-worker-" + i, worker);
            threads.add(thread);
            thread.start();
        }
        watchdog.watch(queue::toPreempt);
    }

    /** Adds a key to be reconciled as soon as possible. */
    public void enqueue(K key) {
        queue.add(key);
    }

    /**
     * Handles the deletion of a key's object. An active controller runs the key once more; a paused one forgets it, so
     * that its memory is bounded by the existing objects.
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
     * Starts no more runs until {@link #resume()}, and waits for the current ones. After the grace period, interrupts
     * them and waits two more seconds; their keys are requeued.
     *
     * @return whether all runs have ended
     */
    public boolean pause(Duration grace) {
        queue.pause();
        return awaitIdle(grace) || abandon();
    }

    /** Resumes starting runs. */
    public void resume() {
        queue.resume();
    }

    /**
     * Stops the controller permanently: like {@link #pause}, then ends the worker threads and discards the queue.
     *
     * @return whether all runs have ended
     */
    public boolean stop(Duration grace) {
        boolean idle = pause(grace);
        stopped.countDown();
        queue.shutDown();
        watchdog.close();
        return idle;
    }

    /** Returns the current state of the queue and the workers. */
    public QueueStats stats() {
        return queue.stats();
    }

    /**
     * Whether keys are entitled to a worker, and no worker has taken or finished a key for longer than the time limit
     * of a run plus one minute: then all threads have died or hang in runs that ignore their interrupt. Runs that end
     * at their time limit count as progress. A group that hangs on its own share of the workers, or on all workers
     * because it was alone, does not count once there has been another group. An idle controller, a paused one, and one
     * that waits for its caches are not wedged.
     */
    public boolean isWedged() {
        return gate.isOpen() && queue.stalledFor().compareTo(options.timeout().plus(INTERRUPT_GRACE)) > 0;
    }

    /** Returns the options of this controller. */
    public ControllerOptions options() {
        return options;
    }

    private boolean abandon() {
        watchdog.abandonAll();
        return awaitIdle(LAST_WAIT);
    }

    /** An interrupted caller does not wait. */
    private boolean awaitIdle(Duration limit) {
        try {
            return queue.awaitIdle(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
