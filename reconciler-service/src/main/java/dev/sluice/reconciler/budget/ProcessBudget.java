package dev.sluice.reconciler.budget;

import dev.sluice.controller.queue.Ticker;
import dev.sluice.toolkit.meta.ObjectKey;
import java.time.Duration;
import java.util.function.Consumer;

/** What this process has for all runs together; there is one. Thread-safe. */
public final class ProcessBudget {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final BudgetLimits limits;
    private final Pool heap;
    private final Pool disk;
    private volatile Consumer<ObjectKey> turn = key -> {};

    public ProcessBudget(BudgetLimits limits) {
        this(limits, Ticker.system());
    }

    /** As the other, on a clock of the caller's. */
    public ProcessBudget(BudgetLimits limits, Ticker ticker) {
        this.limits = limits;
        this.heap = new Pool(Limit.HEAP_BYTES, limits.heapBytes(), ticker, key -> turn.accept(key));
        this.disk = new Pool(Limit.DISK_BYTES, limits.diskBytes(), ticker, key -> turn.accept(key));
    }

    public BudgetLimits limits() {
        return limits;
    }

    /** Opens the budget of a run of this generator; close it when the run ends, however it ends. */
    public RunBudget open(ObjectKey generator) {
        return open(generator, PATIENCE);
    }

    /** As {@link #open(ObjectKey)}, for one that may wait longer for room, since it holds no worker. */
    public RunBudget open(ObjectKey generator, Duration patience) {
        return new RunBudget(generator, patience, limits, heap, disk);
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
