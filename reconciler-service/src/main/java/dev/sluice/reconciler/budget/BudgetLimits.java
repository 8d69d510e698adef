package dev.sluice.reconciler.budget;

/**
 * Limits of a run, and of the process for all runs together. The flags are those of the constants in {@link Limit}.
 *
 * @param maxDownloadBytes of one source artifact, compressed
 * @param maxUnpackedBytes of one source, file content and headers
 * @param maxSourceEntries files and directories of one source
 * @param maxCopiedEntries files and directories selected by all copy operations of one run
 * @param maxArtifacts of one generator
 * @param maxOutputBytes content of all artifacts of one run, before compression
 * @param maxYamlBytes of the YAML documents of one merged file, aliases expanded
 * @param heapBytes for the trees, blobs and results of all runs together
 * @param diskBytes for downloads and spooled content of all runs together
 */
public record BudgetLimits(
        long maxDownloadBytes,
        long maxUnpackedBytes,
        int maxSourceEntries,
        long maxCopiedEntries,
        int maxArtifacts,
        long maxOutputBytes,
        long maxYamlBytes,
        long heapBytes,
        long diskBytes) {

    private static final long MEBIBYTE = 1L << 20;
    private static final int DEFAULT_HEAP_PERCENT = 50;

    public BudgetLimits {
        requirePositive(Limit.DOWNLOAD_BYTES, maxDownloadBytes);
        requirePositive(Limit.UNPACKED_BYTES, maxUnpackedBytes);
        requirePositive(Limit.SOURCE_ENTRIES, maxSourceEntries);
        requirePositive(Limit.COPIED_ENTRIES, maxCopiedEntries);
        requirePositive(Limit.ARTIFACTS, maxArtifacts);
        requirePositive(Limit.OUTPUT_BYTES, maxOutputBytes);
        requirePositive(Limit.YAML_BYTES, maxYamlBytes);
        requirePositive(Limit.HEAP_BYTES, heapBytes);
        requirePositive(Limit.DISK_BYTES, diskBytes);
    }

    private static void requirePositive(Limit limit, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("invalid %s: %d: must be positive".formatted(limit.flag(), value));
        }
    }

    /** The default values of the flags; the heap budget depends on the heap of this JVM. */
    public static BudgetLimits defaults() {
        return new BudgetLimits(
                256 * MEBIBYTE,
                1024 * MEBIBYTE,
                500_000,
                1_000_000,
                1_000,
                1024 * MEBIBYTE,
                10 * MEBIBYTE,
                defaultHeapBytes(Runtime.getRuntime().maxMemory()),
                4096 * MEBIBYTE);
    }

    /** Half of the heap; the other half is for informer caches, requests and the garbage collector. */
    public static long defaultHeapBytes(long maxHeapBytes) {
        return Math.max(1, maxHeapBytes / 100 * DEFAULT_HEAP_PERCENT);
    }

    public BudgetLimits withHeapBytes(long bytes) {
        return new BudgetLimits(
                maxDownloadBytes,
                maxUnpackedBytes,
                maxSourceEntries,
                maxCopiedEntries,
                maxArtifacts,
                maxOutputBytes,
                maxYamlBytes,
                bytes,
                diskBytes);
    }

    public BudgetLimits withDiskBytes(long bytes) {
        return new BudgetLimits(
                maxDownloadBytes,
                maxUnpackedBytes,
                maxSourceEntries,
                maxCopiedEntries,
                maxArtifacts,
                maxOutputBytes,
                maxYamlBytes,
                heapBytes,
                bytes);
    }

    public BudgetLimits withSources(long downloadBytes, long unpackedBytes, int entries) {
        return new BudgetLimits(
                downloadBytes,
                unpackedBytes,
                entries,
                maxCopiedEntries,
                maxArtifacts,
                maxOutputBytes,
                maxYamlBytes,
                heapBytes,
                diskBytes);
    }

    /** A copy with other limits on the output of a run. */
    public BudgetLimits withRun(long copiedEntries, int artifacts, long outputBytes, long yamlBytes) {
        return new BudgetLimits(
                maxDownloadBytes,
                maxUnpackedBytes,
                maxSourceEntries,
                copiedEntries,
                artifacts,
                outputBytes,
                yamlBytes,
                heapBytes,
                diskBytes);
    }
}
