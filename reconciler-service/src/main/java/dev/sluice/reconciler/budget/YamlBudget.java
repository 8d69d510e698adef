package dev.sluice.reconciler.budget;

import dev.sluice.reconciler.yaml.YamlAllowance;
import java.io.IOException;

/** The budget for reading one YAML file or merging two, taken from the run's budget in larger steps; closing returns it. */
public final class YamlBudget implements YamlAllowance, AutoCloseable {

    private static final long STEP = 256 * 1024;

    private final String what;
    private final long maxText;
    private final BudgetShare heap;
    private long text;
    private long needed;
    private long taken;

    /** @param what description of the file for error messages */
    public YamlBudget(RunBudget budget, String what) throws IOException {
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
    public void nextFile() {
        text = 0;
    }

    /** Returns the maximum text of a file, in characters. */
    public long maxText() {
        return maxText;
    }

    /** Returns the exception for a file with more text. */
    public LimitExceededException exceeded(long measured) {
        return new LimitExceededException(what, Limit.YAML_BYTES, measured, maxText);
    }

    @Override
    public void close() {
        heap.close();
    }
}
