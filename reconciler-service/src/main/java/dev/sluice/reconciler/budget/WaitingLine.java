package dev.sluice.reconciler.budget;

import dev.sluice.toolkit.meta.ObjectKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Generators that wait for the lane of a pool. Namespaces take turns; within one, first come, first served. A place is
 * kept while its generator returns within {@link #FORGOTTEN}; a generator whose turn it is must return within {@link
 * #TURN}. Not thread-safe.
 */
final class WaitingLine {

    static final Duration TURN = Duration.ofSeconds(5);
    static final Duration FORGOTTEN = Duration.ofMinutes(1);

    private final Map<String, Map<ObjectKey, Place>> namespaces = new LinkedHashMap<>();
    private int size;

    /**
     * Takes a place at the end, or keeps the existing one.
     *
     * @param lacked total bytes that the generator is known to need
     */
    void join(ObjectKey key, long lacked, long nowNanos) {
        namespaces
                .computeIfAbsent(key.namespace(), namespace -> new LinkedHashMap<>())
                .computeIfAbsent(key, joined -> {
                    size++;
                    return new Place();
                })
                .seen(lacked, nowNanos);
    }

    /** Minimum number of bytes that a waiting generator needs; empty if it has no place. */
    OptionalLong lacked(ObjectKey key) {
        Place place = namespaces.getOrDefault(key.namespace(), Map.of()).get(key);
        return place == null ? OptionalLong.empty() : OptionalLong.of(place.lacked);
    }

    void leave(ObjectKey key) {
        Map<ObjectKey, Place> places = namespaces.get(key.namespace());
        if (places != null && places.remove(key) != null) {
            size--;
            if (places.isEmpty()) {
                namespaces.remove(key.namespace());
            }
        }
    }

    /** Removes the generator after its turn; the next turn is another namespace's. */
    void served(ObjectKey key) {
        leave(key);
        Map<ObjectKey, Place> others = namespaces.remove(key.namespace());
        if (others != null) {
            namespaces.put(key.namespace(), others);
        }
    }

    /** The generator whose turn it is when the lane is free; skips those that did not return for their turn. */
    Optional<ObjectKey> next(long nowNanos) {
        removeExpired(nowNanos);
        return namespaces.values().stream()
                .flatMap(places -> places.entrySet().stream())
                .filter(place -> !place.getValue().hasLapsed(nowNanos))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private void removeExpired(long nowNanos) {
        List<ObjectKey> expired = namespaces.values().stream()
                .flatMap(places -> places.entrySet().stream())
                .filter(place -> nowNanos - place.getValue().seenNanos > FORGOTTEN.toNanos())
                .map(Map.Entry::getKey)
                .toList();
        expired.forEach(this::leave);
    }

    int size() {
        return size;
    }

    private static final class Place {

        private long seenNanos;
        private long turnNanos;
        private boolean offered;
        private long lacked;

        void seen(long lackedNow, long nowNanos) {
            lacked = Math.max(lacked, lackedNow);
            seenNanos = nowNanos;
            offered = false;
        }

        boolean hasLapsed(long nowNanos) {
            if (!offered) {
                offered = true;
                turnNanos = nowNanos;
            }
            return nowNanos - turnNanos > TURN.toNanos();
        }
    }
}
