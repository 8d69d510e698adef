package dev.sluice.hostile.harness;

import java.nio.file.Path;
import java.util.List;

/** Heap size and flags of the reconciler, and the size of the attacks. */
public enum ReconcilerProfile {
    /**
     * The chart's heap size and flags, with a short reconciliation timeout, so that the runs of one case do not slow down
     * the next case.
     */
    SHORT_RUNS(0, 1, ReconcilerProfile.SHORT),
    /** The chart's flags with a small heap. */
    SMALL_HEAP(256L << 20, 1, ""),
    /** For each build: a small heap, short runs, a fifth of the default limits, and attacks reduced in proportion. */
    SMALL(
            256L << 20,
            5,
            ReconcilerProfile.SHORT
                    + " --source-max-entries=100000"
                    + " --source-max-download-bytes=51Mi"
                    + " --source-max-unpacked-bytes=200Mi"
                    + " --run-max-copied-entries=200000"
                    + " --run-max-output-bytes=200Mi"
                    + " --generator-max-artifacts=200"
                    + " --merge-max-yaml-bytes=2Mi"
                    + " --disk-budget=800Mi");

    private static final String SHORT = "--reconciliation-timeout=20s";
    private static final Path DIRECTIVES = Path.of("src/test/compiler-directives.json");

    private final long heapBytes;
    private final int divisor;
    private final String flags;

    /**
     * A profile.
     *
     * @param heapBytes heap size; 0 for the chart's
     * @param divisor divisor of the default limits and of the attacks
     * @param flags flags, separated by spaces
     */
    ReconcilerProfile(long heapBytes, int divisor, String flags) {
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

    /**
     * In a build, C2 compiles only digests and ciphers: the rest would take more processor time than it saves, but C1 does
     * not use the instructions of the processor for SHA-256 and AES.
     */
    List<String> javaOptions() {
        return this == SMALL
                ? List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:CompilerDirectivesFile=" + DIRECTIVES.toAbsolutePath())
                : List.of();
    }

    /** Scales the size of an attack, which is given for the default limits. */
    int size(int withDefaultLimits) {
        return withDefaultLimits / divisor;
    }

    /** Whether a long run creates all objects of a case; with a small heap, the size of single objects matters more. */
    boolean createsAllObjects() {
        return this == SHORT_RUNS;
    }

    /**
     * The remedy of the limit that an attack may reach before the expected one: the time limit of a run on a slow
     * machine, or the heap of a process whose other limits are for a larger one.
     */
    String otherRemedy() {
        return flags.startsWith(SHORT) ? "raise --reconciliation-timeout" : "raise --heap-budget";
    }
}
