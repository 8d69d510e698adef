package dev.sluice.controller.queue;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Keys with due times, each at most once. A replaced entry is removed at once, so the size is the number of distinct
 * keys. Not thread-safe.
 */
final class DelayedKeys<K> {

    static final Duration MAX_DELAY = Duration.ofDays(36_500);

    private final TreeSet<Entry<K>> byTime =
            new TreeSet<>(Comparator.<Entry<K>>comparingLong(Entry::sinceOrigin).thenComparingLong(Entry::number));
    private final Map<K, Entry<K>> byKey = new HashMap<>();
    private final long origin;
    private long entries;

    /** @param origin a nano time before all due times; nano times may wrap around, their differences do not */
    DelayedKeys(long origin) {
        this.origin = origin;
    }

    /** Puts the key and replaces its entry; with {@code keepEarlier}, keeps an entry that is due earlier. */
    void put(K key, long dueNanos, boolean keepEarlier) {
        Entry<K> present = byKey.get(key);
        if (present != null && keepEarlier && present.sinceOrigin() <= dueNanos - origin) {
            return;
        }
        remove(key);
        Entry<K> entry = new Entry<>(key, dueNanos - origin, entries++);
        byKey.put(key, entry);
        byTime.add(entry);
    }

    void remove(K key) {
        Entry<K> present = byKey.remove(key);
        if (present != null) {
            byTime.remove(present);
        }
    }

    /** Removes and returns a key that is due. */
    Optional<K> pollDue(long nowNanos) {
        if (byTime.isEmpty() || byTime.first().sinceOrigin() > nowNanos - origin) {
            return Optional.empty();
        }
        K key = byTime.first().key();
        remove(key);
        return Optional.of(key);
    }

    /** Returns the time until the first key is due, or the maximum delay if there is none. */
    long nanosToFirst(long nowNanos) {
        return byTime.isEmpty() ? MAX_DELAY.toNanos() : byTime.first().sinceOrigin() - (nowNanos - origin);
    }

    int size() {
        return byKey.size();
    }

    /** @param number orders keys that are due at the same time: first in, first out */
    private record Entry<K>(K key, long sinceOrigin, long number) {}
}
