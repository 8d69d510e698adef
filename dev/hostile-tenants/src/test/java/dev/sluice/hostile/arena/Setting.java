package dev.sluice.hostile.arena;

import java.util.List;

/** How the reconciler runs. */
public enum Setting {
    /** With the heap that the image makes of the chart's memory limit, and with the flags of the chart. */
    CHART(0, List.of()),
    /** The same, but runs are short: what a tenant began must not slow down the cases after it, nor the build. */
    SHORT_RUNS(0, List.of("--reconciliation-timeout=20s")),
    /** The flags of the chart in a small heap. */
    SMALL_HEAP(256L << 20, List.of());

    private final long heapBytes;
    private final List<String> flags;

    Setting(long heapBytes, List<String> flags) {
        this.heapBytes = heapBytes;
        this.flags = flags;
    }

    ChartMemory memory(ChartMemory ofTheChart) {
        return heapBytes == 0 ? ofTheChart : ofTheChart.withHeap(heapBytes);
    }

    List<String> flags() {
        return flags;
    }
}
