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
 * Keys waiting to be worked on.
 *
 * <ul>
 *   <li>A key waits at most once, however often it is added.
 *   <li>A key that somebody works on is not handed out again before {@link #done}; if it is added meanwhile, it waits
 *       again afterwards.
 *   <li>Nothing is dropped before {@link #shutDown()}. Memory follows the number of distinct keys, not of calls.
 *   <li>Groups of keys take turns; within a group, ready keys are handed out in the order in which they became ready.
 *   <li>While keys of others wait, a group gets no more than half of the workers, rounded up. What a group took beyond that
 *       while it was alone is not held against the others, and a group that has waited for a second with nothing in work
 *       need not wait for any other: then more keys than workers are in work, see {@link #threads}.
 * </ul>
 *
 * <p>Keys need {@code equals} and {@code hashCode}. Thread-safe.
 */
public final class WorkQueue<K> {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Ticker ticker;
    private final ControllerListener listener;

    /** Keys that wait, and since when; also those that wait for their own worker. */
    private final Map<K, Long> waiting = new HashMap<>();

    /** Those of {@link #waiting} that nobody works on. */
    private final FairShare<K> ready;

    /** Keys in work, and since when. */
    private final Map<K, Long> processing = new HashMap<>();

    private final Preemption<K> givingWay;
    private final DelayedKeys<K> delayed;
    private final DelayedKeys<K> scheduled;

    /** When a key was last taken or given back, or began to wait for its worker while no other did. */
    private long lastProgress;

    private boolean paused;
    private boolean shutDown;

    /** An empty queue of one group that hands out keys at once, to as many as ask; see {@link #pause()}. */
    public WorkQueue(Ticker ticker, ControllerListener listener) {
        this(ticker, listener, Integer.MAX_VALUE, key -> "");
    }

    /**
     * An empty queue whose groups take turns.
     *
     * @param workers how many keys may be in work while there is only one group; let {@link #threads} of them ask
     * @param grouping a key's group, always the same; called under the queue's lock, so be quick
     */
    public WorkQueue(Ticker ticker, ControllerListener listener, int workers, Function<? super K, ?> grouping) {
        this.ticker = ticker;
        this.ready = new FairShare<>(workers, grouping);
        this.givingWay = new Preemption<>(ready::groupOf);
        this.listener = new GuardedListener(listener);
        this.delayed = new DelayedKeys<>(ticker.nanos());
        this.scheduled = new DelayedKeys<>(ticker.nanos());
        this.lastProgress = ticker.nanos();
    }

    /** How many may be in work when there are several groups. */
    public static int threads(int workers) {
        return FairShare.threads(workers);
    }

    /** Adds a key to be worked on as soon as possible. */
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

    /** Adds a key after a delay. Of several delays for one key, the one that ends first wins. */
    public void addAfter(K key, Duration delay) {
        if (delay.isZero() || delay.isNegative()) {
            add(key);
        } else {
            putOff(delayed, key, delay, true);
        }
    }

    /**
     * Sets when a key is due next unless it is added before: taking the key withdraws this, a later call replaces it.
     * For the next regular run of a key, as opposed to {@link #addAfter}, which stands.
     */
    public void schedule(K key, Duration delay) {
        putOff(scheduled, key, delay, false);
    }

    /**
     * Waits for a key and hands it out; the caller owes a call of {@link #done}.
     *
     * @return empty once the queue is shut down
     * @throws InterruptedException if the thread is interrupted while it waits
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

    /** Gives a taken key back. It waits again if it was added meanwhile. */
    public void done(K key) {
        lock.lock();
        try {
            long now = ticker.nanos();
            if (processing.remove(key) != null) {
                ready.done(key, now);
                givingWay.done(key);
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
     * Forgets a key for good if the queue is paused: a standby would remember every name that there ever was.
     *
     * @return false when the queue is not paused, or somebody works on the key
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
            givingWay.forget(key);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Hands out no more keys until {@link #resume()}; what is added meanwhile waits. */
    public void pause() {
        setPaused(true);
    }

    /** Hands out keys again. */
    public void resume() {
        setPaused(false);
    }

    /** For good: whoever waits in {@link #take} gets nothing, and what still waits is forgotten. */
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
     * Waits until nobody works on a key.
     *
     * @return false if the time was up first
     * @throws InterruptedException if the thread is interrupted while it waits
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
     * How long keys have waited for a worker that they have a right to, while nobody took one or gave one back: zero when
     * none does, or when the queue is paused. A group that has its share may wait for its own keys as long as it likes,
     * unless there was never another. Longer than the longest run can be, and whoever should work does not.
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
     * The key in work that has to be given back for the sake of a group that has waited too long with nothing in work
     * though all threads are taken; ask every second. See {@link Preemption}.
     */
    Optional<K> toGiveWay() {
        lock.lock();
        try {
            long now = ticker.nanos();
            int starved = paused || shutDown ? 0 : ready.starvedFor(Preemption.AFTER, now);
            return starved == 0 ? Optional.empty() : givingWay.next(processing, starved, now);
        } finally {
            lock.unlock();
        }
    }

    /** How things stand now. Takes time in proportion to the number of keys in work. */
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
            // whoever waits alone now may have more workers
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

    /** A delay of centuries must not overflow when it is added to the time. */
    private static long saturatedNanos(Duration delay) {
        return delay.compareTo(DelayedKeys.MAX_DELAY) >= 0 ? DelayedKeys.MAX_DELAY.toNanos() : delay.toNanos();
    }
}
