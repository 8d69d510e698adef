package dev.sluice.hostile.arena;

import java.util.List;

/** How the reconciler runs. */
public enum Setting {
    /** With the heap that the image makes of the chart's memory limit, and with the flags of the chart. */
    CHART(0, ""),
    /** The same, but runs are short: what a tenant began must not slow down the cases after it, nor the build. */
    SHORT_RUNS(0, "--reconciliation-timeout=20s"),
    /** The flags of the chart in a small heap. */
    SMALL_HEAP(256L << 20, "");

    private final long heapBytes;
    private final String flag;

    /** @param flag empty for none */
    Setting(long heapBytes, String flag) {
        this.heapBytes = heapBytes;
        this.flag = flag;
    }

    ChartMemory memory(ChartMemory ofTheChart) {
        return heapBytes == 0 ? ofTheChart : ofTheChart.withHeap(heapBytes);
    }

    List<String> flags() {
        return flag.isEmpty() ? List.of() : List.of(flag);
    }
}
