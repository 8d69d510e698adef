package dev.sluice.reconciler.source;

/**
 * Bounds of the cache.
 *
 * @param maxBytes spooled bytes and index heap together; sources in use may exceed it
 */
public record SourceCacheLimits(long maxBytes) {

    public SourceCacheLimits {
        if (maxBytes < 0) {
            throw new IllegalArgumentException(
                    "source cache limits: maxBytes %d must not be negative".formatted(maxBytes));
        }
    }
}
