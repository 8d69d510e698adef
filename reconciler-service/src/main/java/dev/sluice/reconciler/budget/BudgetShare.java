package dev.sluice.reconciler.budget;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A share of the process's heap or disk that a run has taken. Closing it, or the end of the run, returns it; closing is
 * idempotent. Thread-safe.
 */
public final class BudgetShare implements AutoCloseable {

    /** The namespace that idle shares are charged to. */
    static final String NOBODY = "";

    final String what;
    final RunBudget run;
    private final Pool pool;
    private final GeneratorUsage account;

    // guarded by the pool's lock
    long bytes;
    boolean inLane;
    boolean gone;
    boolean evicting;
    int pins;
    String chargedNamespace;

    @Nullable
    Runnable evict;

    BudgetShare(Pool pool, GeneratorUsage account, RunBudget run, String what) {
        this.pool = pool;
        this.account = account;
        this.run = run;
        this.what = what;
        this.chargedNamespace = account.namespace();
    }

    /**
     * Takes more.
     *
     * @throws LimitExceededException if the run would exceed the limit of a run
     * @throws BudgetWaitException if the process has no budget left now
     */
    public void grow(long moreBytes) throws IOException {
        pool.take(account, this, moreBytes);
    }

    /** Returns a part of the share. */
    public void shrinkTo(long newBytes) {
        pool.shrink(account, this, newBytes);
    }

    public long bytes() {
        return pool.bytes(this);
    }

    /**
     * Moves the share from the run to a cache. From now on it is charged to the runs that pin it, first to the current
     * one, and is evicted when no run pins it and the budget is needed.
     *
     * @param onEvict releases the cached object and closes the share; called without locks
     */
    public void moveToCache(Runnable onEvict) {
        pool.moveToCache(account, this, onEvict);
        run.forget(this);
    }

    Pool pool() {
        return pool;
    }

    void evictNow() {
        Runnable action = evict;
        if (action != null) {
            action.run();
        }
    }

    @Override
    public void close() {
        pool.release(account, this);
        run.forget(this);
    }
}
