package dev.sluice.hostile.arena;

import java.util.List;

/** How the reconciler runs. */
public enum Setting {
    /**
     * With the heap that the image makes of the chart's memory limit, and with the flags of the chart, but that runs are
     * short: what a tenant began must not slow down the cases after it.
     */
    SHORT_RUNS(0, 1, Setting.SHORT),
    /** The flags of the chart in a small heap. */
    SMALL_HEAP(256L << 20, 1, ""),
    /** For each build: short runs in a small heap, with a fifth of the default limits and attacks that are as much smaller. */
    SMALL(
            256L << 20,
            5,
            Setting.SHORT
                    + " --source-max-entries=100000"
                    + " --source-max-download-bytes=51Mi"
                    + " --source-max-unpacked-bytes=200Mi"
                    + " --run-max-copied-entries=200000"
                    + " --run-max-output-bytes=200Mi"
                    + " --generator-max-artifacts=200"
                    + " --merge-max-yaml-bytes=2Mi"
                    + " --disk-budget=800Mi");

    private static final String SHORT = "--reconciliation-timeout=20s";

    private final long heapBytes;
    private final int divisor;
    private final String flags;

    /**
     * A setting.
     *
     * @param heapBytes 0 for that of the chart
     * @param flags separated by spaces
     */
    Setting(long heapBytes, int divisor, String flags) {
        this.heapBytes = heapBytes;
        this.divisor = divisor;
        this.flags = flags;
    }

    ChartMemory memory(ChartMemory ofTheChart) {
        return heapBytes == 0 ? ofTheChart : ofTheChart.withHeap(heapBytes);
    }

    List<String> flags() {
        return flags.isEmpty() ? List.of() : List.of(flags.split(" "));
    }

    /** What is to be so large with the default limits. */
    int size(int withDefaultLimits) {
        return withDefaultLimits / divisor;
    }

    /** Whether a patient attack makes all objects of its case: not where it is the size of one that counts. */
    boolean wantsAllObjects() {
        return this == SHORT_RUNS;
    }

    boolean hasSmallHeap() {
        return heapBytes > 0;
    }

    boolean hasShortRuns() {
        return flags.startsWith(SHORT);
    }
}
