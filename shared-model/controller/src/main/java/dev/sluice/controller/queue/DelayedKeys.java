package dev.sluice.controller.queue;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Keys that are due later, each at most once. Its size is the number of distinct keys, however often they are put off:
 * nothing of a replaced entry stays behind. Not thread-safe.
 */
final class DelayedKeys<K> {

    static final Duration MAX_DELAY = Duration.ofDays(36_500);

    private final TreeSet<Entry<K>> byTime =
            new TreeSet<>(Comparator.<Entry<K>>comparingLong(Entry::sinceOrigin).thenComparingLong(Entry::number));
    private final Map<K, Entry<K>> byKey = new HashMap<>();
    private final long origin;
    private long entries;

    /** @param origin a nano time before all that will be put in: a nano time may wrap around, a difference does not */
    DelayedKeys(long origin) {
        this.origin = origin;
    }

    /** Puts the key in, in place of its present entry; with {@code keepEarlier}, unless that is due before. */
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

    /** Takes out one key that is due. */
    Optional<K> pollDue(long nowNanos) {
        if (byTime.isEmpty() || byTime.first().sinceOrigin() > nowNanos - origin) {
            return Optional.empty();
        }
        K key = byTime.first().key();
        remove(key);
        return Optional.of(key);
    }

    /** How long until the first key is due; the longest delay when there is none. */
    long nanosToFirst(long nowNanos) {
        return byTime.isEmpty() ? MAX_DELAY.toNanos() : byTime.first().sinceOrigin() - (nowNanos - origin);
    }

    int size() {
        return byKey.size();
    }

    /** @param number tells apart what is due at the same time: first in, first out */
    private record Entry<K>(K key, long sinceOrigin, long number) {}
}
