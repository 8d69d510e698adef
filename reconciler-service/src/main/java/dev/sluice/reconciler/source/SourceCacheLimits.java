package dev.sluice.reconciler.source;

/**
 * Bounds of the cache.
 *
 * @param maxBytes spooled bytes and index heap together; sources in use may exceed it
 * @param maxEntries files and directories of one source
 */
public record SourceCacheLimits(long maxBytes, int maxEntries) {

    /** Heap that one entry of an index costs, path included; measured with a heap histogram, rounded up. */
    static final long BYTES_PER_ENTRY = 400;

    public SourceCacheLimits {
        if (maxBytes < 0 || maxEntries < 1) {
            throw new IllegalArgumentException(
                    "source cache limits: maxBytes %d must not be negative, maxEntries %d must be positive"
                            .formatted(maxBytes, maxEntries));
        }
    }

    static long weightOf(long spooledBytes, int entries) {
        return spooledBytes + entries * BYTES_PER_ENTRY;
    }
}
