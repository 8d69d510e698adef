package dev.sluice.reconciler.source;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counters of the source cache, for metrics and tests. Thread-safe. */
public final class SourceCacheStats {

    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder evictions = new LongAdder();
    private final LongAdder fetchedBytes = new LongAdder();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong trees = new AtomicLong();

    void hit() {
        hits.increment();
    }

    void miss() {
        misses.increment();
    }

    void evicted() {
        evictions.increment();
    }

    void fetched(long downloadedBytes) {
        fetchedBytes.add(downloadedBytes);
    }

    void size(long weightBytes, int cachedTrees) {
        bytes.set(weightBytes);
        trees.set(cachedTrees);
    }

    public long hits() {
        return hits.sum();
    }

    public long misses() {
        return misses.sum();
    }

    public long evictions() {
        return evictions.sum();
    }

    /** Bytes downloaded since the start, compressed. */
    public long fetchedBytes() {
        return fetchedBytes.sum();
    }

    /** Current spooled bytes plus index heap. */
    public long bytes() {
        return bytes.get();
    }

    public long trees() {
        return trees.get();
    }
}
