package dev.sluice.reconciler.budget;

import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The limits of one run and the shares it has taken. Take a share before you allocate. Closing returns all shares.
 * Thread-safe.
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

    /** The generator that is charged. */
    public ObjectKey generator() {
        return generator;
    }

    /** How long the run may wait for a share. */
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

    /** Counts the content of artifacts, before compression. */
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
     * Takes heap; waits for {@link #patience()} if necessary.
     *
     * @throws LimitExceededException if the run would exceed the limit of a run
     * @throws BudgetWaitException if the process has no budget left now
     */
    public BudgetShare takeHeap(String what, long bytes) throws IOException {
        return take(heap, heapAccount, what, bytes);
    }

    /** Takes temporary disk, as {@link #takeHeap}. */
    public BudgetShare takeDisk(String what, long bytes) throws IOException {
        return take(disk, diskAccount, what, bytes);
    }

    /**
     * Waits for the turn of a generator that must wait: until there is more capacity than it lacked, or it has the
     * lane. Call before the work starts; returns at once for any other run.
     *
     * @throws BudgetWaitException if the run must continue to wait
     */
    public void takeTurn(String what) throws IOException {
        heap.takeTurn(heapAccount, what, Duration.ZERO);
        // waits only for disk, so that no run waits for heap while it has the disk lane
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
     * Pins a cached share until this run ends or unpins it, as if the run had taken it; never blocks.
     *
     * @return false if the share is being evicted
     * @throws BudgetWaitException if the run must wait for its turn
     */
    public boolean pin(BudgetShare kept) throws LimitExceededException, BudgetWaitException {
        Pool.Pinned pinned = kept.pool().pin(accountIn(kept.pool()), kept);
        if (pinned == Pool.Pinned.WAIT) {
            throw kept.pool().mustWait(kept);
        }
        return pinned == Pool.Pinned.YES;
    }

    /** Removes one pin from a cached share. */
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

    /** Returns all shares; the caller must have removed its pins. */
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
