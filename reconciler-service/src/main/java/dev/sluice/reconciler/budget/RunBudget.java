package dev.sluice.reconciler.budget;

import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one run may use, and what it has taken. Take before you allocate. Closing gives back all that the run took of
 * the process. Thread-safe.
 */
public final class RunBudget implements AutoCloseable {

    private final ObjectKey generator;
    private final Duration patience;
    private final BudgetLimits limits;
    private final Pool heap;
    private final Pool disk;
    private final GeneratorUsage heapAccount;
    private final GeneratorUsage diskAccount;
    private final Set<BudgetShare> shares = new HashSet<>();
    private final AtomicLong copiedEntries = new AtomicLong();
    private final AtomicLong artifacts = new AtomicLong();
    private final AtomicLong outputBytes = new AtomicLong();
    private boolean closed;

    RunBudget(ObjectKey generator, Duration patience, BudgetLimits limits, Pool heap, Pool disk) {
        this.generator = generator;
        this.patience = patience;
        this.limits = limits;
        this.heap = heap;
        this.disk = disk;
        this.heapAccount = heap.open(generator);
        this.diskAccount = disk.open(generator);
    }

    /** In whose name this is taken. */
    public ObjectKey generator() {
        return generator;
    }

    /** How long a share may be waited for. */
    Duration patience() {
        return patience;
    }

    public BudgetLimits limits() {
        return limits;
    }

    /**
     * Counts files and directories that a copy operation selects.
     *
     * @param what as in {@link LimitExceededException}, such as {@code artifact 'app'}
     */
    public void takeCopiedEntries(String what, long entries) throws LimitExceededException {
        count(copiedEntries, what, Limit.COPIED_ENTRIES, entries, limits.maxCopiedEntries());
    }

    public void takeArtifacts(String what, int count) throws LimitExceededException {
        count(artifacts, what, Limit.ARTIFACTS, count, limits.maxArtifacts());
    }

    /** Counts content of artifacts, before compression. */
    public void takeOutputBytes(String what, long bytes) throws LimitExceededException {
        count(outputBytes, what, Limit.OUTPUT_BYTES, bytes, limits.maxOutputBytes());
    }

    private static void count(AtomicLong counter, String what, Limit limit, long more, long allowed)
            throws LimitExceededException {
        if (more < 0) {
            throw new IllegalArgumentException("cannot take %d %s".formatted(more, limit.unit()));
        }
        long sum = counter.accumulateAndGet(more, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
        if (sum > allowed) {
            throw new LimitExceededException(what, limit, sum, allowed);
        }
    }

    /**
     * Takes heap; waits a moment if there is none.
     *
     * @throws LimitExceededException if the run would have more than any may have
     * @throws BudgetWaitException if the process has no room now
     */
    public BudgetShare takeHeap(String what, long bytes) throws IOException {
        return take(heap, heapAccount, what, bytes);
    }

    /** Takes temporary disk, as {@link #takeHeap}. */
    public BudgetShare takeDisk(String what, long bytes) throws IOException {
        return take(disk, diskAccount, what, bytes);
    }

    /**
     * Call it before anything is begun: one that was told to wait begins anew when it is its turn, or there is more room
     * than it lacked. Returns at once for any other.
     *
     * @throws BudgetWaitException when it must go on waiting
     */
    public void takeTurn(String what) throws IOException {
        heap.takeTurn(heapAccount, what, Duration.ZERO);
        // nobody waits for the first while it has the second
        disk.takeTurn(diskAccount, what, patience);
    }

    private BudgetShare take(Pool pool, GeneratorUsage account, String what, long bytes) throws IOException {
        BudgetShare share = new BudgetShare(pool, account, this, what);
        synchronized (shares) {
            requireOpen();
            shares.add(share);
        }
        try {
            share.grow(bytes);
            return share;
        } catch (IOException e) {
            share.close();
            throw e;
        }
    }

    /**
     * Uses a kept share until this run ends or unpins it, as if the run had taken it; never blocks.
     *
     * @return whether it is there; false when it is being evicted
     * @throws BudgetWaitException if the run must wait for its turn to use it
     */
    public boolean pin(BudgetShare kept) throws LimitExceededException, BudgetWaitException {
        Pool.Pinned pinned = kept.pool().pin(accountIn(kept.pool()), kept);
        if (pinned == Pool.Pinned.WAIT) {
            throw kept.pool().mustWait(kept);
        }
        return pinned == Pool.Pinned.YES;
    }

    /** Ends one use of a kept share. */
    public void unpin(BudgetShare kept) {
        kept.pool().unpin(accountIn(kept.pool()), kept);
    }

    private GeneratorUsage accountIn(Pool pool) {
        return pool == heap ? heapAccount : diskAccount;
    }

    void forget(BudgetShare share) {
        synchronized (shares) {
            shares.remove(share);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the run's budget is closed");
        }
    }

    /** Pins are their user's to end before. */
    @Override
    public void close() {
        List<BudgetShare> left;
        synchronized (shares) {
            if (closed) {
                return;
            }
            closed = true;
            left = List.copyOf(shares);
        }
        left.forEach(BudgetShare::close);
        heap.close(heapAccount);
        disk.close(diskAccount);
    }
}
