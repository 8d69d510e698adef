package dev.sluice.reconciler.budget;

import dev.sluice.controller.queue.Ticker;
import dev.sluice.toolkit.meta.ObjectKey;
import java.util.function.Consumer;

/** What this process has for all runs together; there is one. Thread-safe. */
public final class ProcessBudget {

    private final BudgetLimits limits;
    private final Pool heap;
    private final Pool disk;
    private volatile Consumer<ObjectKey> turn = key -> {};

    public ProcessBudget(BudgetLimits limits) {
        this(limits, Ticker.system());
    }

    ProcessBudget(BudgetLimits limits, Ticker ticker) {
        this.limits = limits;
        this.heap = new Pool(Limit.HEAP_BYTES, limits.heapBytes(), ticker, key -> turn.accept(key));
        this.disk = new Pool(Limit.DISK_BYTES, limits.diskBytes(), ticker, key -> turn.accept(key));
    }

    public BudgetLimits limits() {
        return limits;
    }

    /** Opens the budget of a run of this generator; close it when the run ends, however it ends. */
    public RunBudget open(ObjectKey generator) {
        return new RunBudget(limits, heap, disk, heap.open(generator), disk.open(generator));
    }

    /** Whom to tell that a generator that was told to wait has its turn now. */
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
