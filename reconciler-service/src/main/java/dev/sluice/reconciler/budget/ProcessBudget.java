package dev.sluice.reconciler.budget;

import dev.sluice.controller.queue.Ticker;
import dev.sluice.toolkit.meta.ObjectKey;
import java.time.Duration;
import java.util.function.Consumer;

/** The budget of this process for all runs together. Thread-safe. */
public final class ProcessBudget {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final BudgetLimits limits;
    private final Pool heap;
    private final Pool disk;
    private volatile Consumer<ObjectKey> turn = key -> {};

    public ProcessBudget(BudgetLimits limits) {
        this(limits, Ticker.system());
    }

    /** As {@link #ProcessBudget(BudgetLimits)}, with the given clock. */
    public ProcessBudget(BudgetLimits limits, Ticker ticker) {
        this.limits = limits;
        this.heap = new Pool(Limit.HEAP_BYTES, limits.heapBytes(), ticker, key -> turn.accept(key));
        this.disk = new Pool(Limit.DISK_BYTES, limits.diskBytes(), ticker, key -> turn.accept(key));
    }

    public BudgetLimits limits() {
        return limits;
    }

    /** Opens the budget of a run; the caller must close it when the run ends. */
    public RunBudget open(ObjectKey generator) {
        return open(generator, PATIENCE);
    }

    /** As {@link #open(ObjectKey)}, with a longer patience, for a caller that holds no worker. */
    public RunBudget open(ObjectKey generator, Duration patience) {
        return new RunBudget(generator, patience, limits, heap, disk);
    }

    /** Sets the listener that is notified when it is a waiting generator's turn. */
    public void onTurn(Consumer<ObjectKey> listener) {
        this.turn = listener;
    }

    public PoolStats heap() {
        return heap.stats();
    }

    public PoolStats disk() {
        return disk.stats();
    }
}
