package dev.sluice.reconciler.source;

/**
 * Bounds of the source cache.
 *
 * @param maxBytes spooled bytes plus index heap; sources in use may exceed it
 */
public record SourceCacheLimits(long maxBytes) {

    public SourceCacheLimits {
        if (maxBytes < 0) {
            throw new IllegalArgumentException(
                    "invalid source cache limit: maxBytes %d is negative".formatted(maxBytes));
        }
    }
}
