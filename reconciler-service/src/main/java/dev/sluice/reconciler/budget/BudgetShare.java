package dev.sluice.reconciler.budget;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A part of the process's heap or disk that a run has taken. Closing gives it back, and so does the run's end; closing
 * twice is harmless. Thread-safe.
 */
public final class BudgetShare implements AutoCloseable {

    /** The namespace that what is idle counts to. */
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
     * @throws LimitExceededException if the run would have more than any may have
     * @throws BudgetWaitException if the process has no room now
     */
    public void grow(long moreBytes) throws IOException {
        pool.take(account, this, moreBytes);
    }

    /** Gives a part back, as when less is needed than was expected. */
    public void shrinkTo(long newBytes) {
        pool.shrink(account, this, newBytes);
    }

    public long bytes() {
        return pool.bytes(this);
    }

    /**
     * Makes this a share of no run but of a cache: from now on it belongs to whoever pins it, the present run first, and
     * is evicted when nobody does and the room is wanted.
     *
     * @param onEvict lets go of what the share stands for and closes it; called without locks
     */
    public void keep(Runnable onEvict) {
        pool.keep(account, this, onEvict);
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
