package dev.sluice.artifact.concurrent;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map of bounded size that evicts the entry that was least recently put or got. Not thread-safe: {@code get} changes the
 * order, too.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public final class LruMap<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1L;
    private static final float LOAD_FACTOR = 0.75f;

    /** Size from which on adding an entry evicts another. */
    private final int maxEntries;

    /**
     * An empty map.
     *
     * @param maxEntries entries at most, at least 1
     * @throws IllegalArgumentException if {@code maxEntries} is less than 1
     */
    public LruMap(int maxEntries) {
        super(16, LOAD_FACTOR, true);
        if (maxEntries < 1) {
            throw new IllegalArgumentException("maxEntries is %d; at least 1 is needed".formatted(maxEntries));
        }
        this.maxEntries = maxEntries;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > maxEntries;
    }
}
