package dev.sluice.reconciler.copy;

import dev.sluice.reconciler.budget.BudgetShare;
import dev.sluice.reconciler.budget.Limit;
import dev.sluice.reconciler.budget.LimitExceededException;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.reconciler.yaml.YamlAllowance;
import java.io.IOException;

/** The budget of one merge of two files, taken from the run's budget in larger steps; closing returns it. */
final class MergeAllowance implements YamlAllowance, AutoCloseable {

    private static final long STEP = 256 * 1024;

    private final String what;
    private final long maxText;
    private final BudgetShare heap;
    private long text;
    private long needed;
    private long taken;

    MergeAllowance(RunBudget budget, String what) throws IOException {
        this.what = what;
        this.maxText = budget.limits().maxYamlBytes();
        this.heap = budget.takeHeap(what, 0);
    }

    @Override
    public void takeHeap(long bytes) throws IOException {
        needed += bytes;
        if (needed > taken) {
            long step = Math.max(STEP, needed - taken);
            heap.grow(step);
            taken += step;
        }
    }

    @Override
    public void takeText(long characters) throws LimitExceededException {
        text += characters;
        if (text > maxText) {
            throw exceeded(text);
        }
    }

    /** Resets the text counter for another file. */
    void nextFile() {
        text = 0;
    }

    long maxText() {
        return maxText;
    }

    LimitExceededException exceeded(long measured) {
        return new LimitExceededException(what, Limit.YAML_BYTES, measured, maxText);
    }

    @Override
    public void close() {
        heap.close();
    }
}
