package dev.sluice.controller.queue;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A work queue of keys.
 *
 * <ul>
 *   <li>A key waits at most once, however often it is added.
 *   <li>A key in progress is not handed out again before {@link #done}; if it is added meanwhile, it waits again
 *       afterwards.
 *   <li>Nothing is dropped before {@link #shutDown()}. Memory depends on the number of distinct keys, not of calls.
 *   <li>Groups of keys take turns; within a group, ready keys are handed out in the order in which they became ready.
 *   <li>While keys of other groups wait, a group gets at most half of the workers, rounded up. Workers beyond that,
 *       which a group took while it was alone, do not reduce the share of others, and a group that has waited for a
 *       second with nothing in progress gets a spare thread: then more keys than workers are in progress, see
 *       {@link #threads}.
 * </ul>
 *
 * <p>Keys need {@code equals} and {@code hashCode}. Thread-safe.
 */
public final class WorkQueue<K> {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Ticker ticker;
    private final ControllerListener listener;

    /** Waiting keys and since when, including those whose current run has not ended. */
    private final Map<K, Long> waiting = new HashMap<>();

    /** The {@link #waiting} keys that are not in progress. */
    private final FairShare<K> ready;

    /** Keys in progress and since when. */
    private final Map<K, Long> processing = new HashMap<>();

    private final Preemption<K> preemption;
    private final DelayedKeys<K> delayed;
    private final DelayedKeys<K> scheduled;

    /** When a key was last taken or returned, or became the first one that was entitled to a worker. */
    private long lastProgress;

    private boolean paused;
    private boolean shutDown;

    /** Creates a queue with a single group and no limit of keys in progress; see {@link #pause()}. */
    public WorkQueue(Ticker ticker, ControllerListener listener) {
        this(ticker, listener, Integer.MAX_VALUE, key -> "");
    }

    /**
     * Creates a queue whose groups take turns.
     *
     * @param workers number of keys in progress while there is only one group; let {@link #threads} threads call {@link
     *     #take}
     * @param grouping assigns a key to its group; must be constant per key. Called under the queue's lock, so it must
     *     be fast
     */
    public WorkQueue(Ticker ticker, ControllerListener listener, int workers, Function<? super K, ?> grouping) {
        this.ticker = ticker;
        this.ready = new FairShare<>(workers, grouping);
        this.preemption = new Preemption<>(ready::groupOf);
        this.listener = new GuardedListener(listener);
        this.delayed = new DelayedKeys<>(ticker.nanos());
        this.scheduled = new DelayedKeys<>(ticker.nanos());
        this.lastProgress = ticker.nanos();
    }

    /** Returns the maximum number of keys in progress if there are several groups. */
    public static int threads(int workers) {
        return FairShare.threads(workers);
    }

    /** Adds a key to be processed as soon as possible. */
    public void add(K key) {
        boolean added;
        lock.lock();
        try {
            added = markWaiting(key);
        } finally {
            lock.unlock();
        }
        if (added) {
            listener.added();
        }
    }

    /** Adds a key after a delay. Of several delays for one key, the earliest wins. */
    public void addAfter(K key, Duration delay) {
        if (delay.isZero() || delay.isNegative()) {
            add(key);
        } else {
            putOff(delayed, key, delay, true);
        }
    }

    /**
     * Sets when a key is due next, unless it is added earlier: taking the key cancels the schedule, a later call
     * replaces it. Use it for the next regular run of a key, and {@link #addAfter} for a run that must not be
     * cancelled.
     */
    public void schedule(K key, Duration delay) {
        putOff(scheduled, key, delay, false);
    }

    /**
     * Waits for a key and takes it; the caller must then call {@link #done}.
     *
     * @return empty once the queue is shut down
     * @throws InterruptedException if the thread is interrupted while waiting
     */
    public Optional<K> take() throws InterruptedException {
        K key;
        long waited;
        lock.lockInterruptibly();
        try {
            key = awaitReady();
            if (key == null) {
                return Optional.empty();
            }
            waited = startWork(key);
        } finally {
            lock.unlock();
        }
        listener.taken(Duration.ofNanos(waited));
        return Optional.of(key);
    }

    /** Returns a taken key. It becomes ready again if it was added meanwhile. */
    public void done(K key) {
        lock.lock();
        try {
            long now = ticker.nanos();
            if (processing.remove(key) != null) {
                ready.done(key, now);
                preemption.done(key);
            }
            lastProgress = now;
            if (waiting.containsKey(key)) {
                ready.add(key, now);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Forgets a key if the queue is paused; otherwise a standby would remember every name that ever existed.
     *
     * @return false if the queue is not paused or the key is in progress
     */
    boolean forgetIfPaused(K key) {
        lock.lock();
        try {
            if (!paused || processing.containsKey(key)) {
                return false;
            }
            waiting.remove(key);
            ready.remove(key);
            delayed.remove(key);
            scheduled.remove(key);
            preemption.forget(key);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Hands out no more keys until {@link #resume()}; added keys wait. */
    public void pause() {
        setPaused(true);
    }

    /** Resumes handing out keys. */
    public void resume() {
        setPaused(false);
    }

    /** Shuts the queue down permanently: {@link #take} returns empty, and waiting keys are discarded. */
    public void shutDown() {
        lock.lock();
        try {
            shutDown = true;
            waiting.clear();
            ready.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until no key is in progress.
     *
     * @return false if the time limit expired first
     * @throws InterruptedException if the thread is interrupted while waiting
     */
    public boolean awaitIdle(Duration limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long deadline = ticker.nanos() + limit.toNanos();
            while (!processing.isEmpty()) {
                long left = deadline - ticker.nanos();
                if (left <= 0) {
                    return false;
                }
                ticker.await(changed, left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns for how long keys have been entitled to a worker while no key was taken or returned; zero if no key is
     * entitled or the queue is paused. A group that has its share is not entitled to more, unless there has only ever
     * been one group. A value above the time limit of a run means that the workers are stuck.
     */
    public Duration stalledFor() {
        lock.lock();
        try {
            boolean waits = !paused && !shutDown && ready.isOwed();
            return waits ? Duration.ofNanos(ticker.nanos() - lastProgress) : Duration.ZERO;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the key whose run must be preempted for a group that has waited too long with nothing in progress while
     * all threads are busy; call it every second. See {@link Preemption}.
     */
    Optional<K> toPreempt() {
        lock.lock();
        try {
            long now = ticker.nanos();
            int starved = paused || shutDown ? 0 : ready.starvedFor(Preemption.AFTER, now);
            return starved == 0 ? Optional.empty() : preemption.next(processing, starved, now);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the current state. Takes time proportional to the number of keys in progress. */
    public QueueStats stats() {
        lock.lock();
        try {
            long now = ticker.nanos();
            long longest = 0;
            long sum = 0;
            for (long since : processing.values()) {
                longest = Math.max(longest, now - since);
                sum += now - since;
            }
            int later = delayed.size() + scheduled.size();
            return new QueueStats(
                    ready.size(), later, processing.size(), Duration.ofNanos(sum), Duration.ofNanos(longest));
        } finally {
            lock.unlock();
        }
    }

    private boolean markWaiting(K key) {
        if (shutDown || waiting.containsKey(key)) {
            return false;
        }
        waiting.put(key, ticker.nanos());
        if (!processing.containsKey(key)) {
            lastProgress = ready.isOwed() ? lastProgress : ticker.nanos();
            ready.add(key, ticker.nanos());
            changed.signalAll();
        }
        return true;
    }

    private void putOff(DelayedKeys<K> keys, K key, Duration delay, boolean keepEarlier) {
        lock.lock();
        try {
            if (shutDown) {
                return;
            }
            keys.put(key, ticker.nanos() + Math.max(0, saturatedNanos(delay)), keepEarlier);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable K awaitReady() throws InterruptedException {
        while (!shutDown) {
            K key = paused ? null : pollReady();
            if (key != null) {
                return key;
            }
            ticker.await(changed, paused ? DelayedKeys.MAX_DELAY.toNanos() : nanosToNext());
        }
        return null;
    }

    private @Nullable K pollReady() {
        moveDue(delayed);
        moveDue(scheduled);
        int groups = ready.groups();
        K key = ready.poll(ticker.nanos());
        if (ready.groups() < groups && ready.groups() > 0) {
            // a group that now waits alone may use more workers
            changed.signalAll();
        }
        return key;
    }

    private void moveDue(DelayedKeys<K> keys) {
        for (Optional<K> due = keys.pollDue(ticker.nanos()); due.isPresent(); due = keys.pollDue(ticker.nanos())) {
            if (markWaiting(due.get())) {
                listener.added();
            }
        }
    }

    private long nanosToNext() {
        long now = ticker.nanos();
        long nextKey = Math.min(delayed.nanosToFirst(now), scheduled.nanosToFirst(now));
        return Math.min(nextKey, ready.nanosToSpare(now));
    }

    private long startWork(K key) {
        long now = ticker.nanos();
        Long since = waiting.remove(key);
        scheduled.remove(key);
        processing.put(key, now);
        lastProgress = now;
        return since == null ? 0 : now - since;
    }

    private void setPaused(boolean value) {
        lock.lock();
        try {
            paused = value;
            lastProgress = ticker.nanos();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Limits the delay, so that adding it to the time cannot overflow. */
    private static long saturatedNanos(Duration delay) {
        return delay.compareTo(DelayedKeys.MAX_DELAY) >= 0 ? DelayedKeys.MAX_DELAY.toNanos() : delay.toNanos();
    }
}
