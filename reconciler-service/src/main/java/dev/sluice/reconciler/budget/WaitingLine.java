package dev.sluice.reconciler.budget;

import dev.sluice.toolkit.meta.ObjectKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The generators that wait for the overflow lane: namespaces in turn, first come first served within one. A place is
 * kept while its generator comes back now and then; whose turn it is has a few seconds to come. Not thread-safe.
 */
final class WaitingLine {

    static final Duration TURN = Duration.ofSeconds(5);
    static final Duration FORGOTTEN = Duration.ofMinutes(1);

    private final Map<String, Map<ObjectKey, Place>> namespaces = new LinkedHashMap<>();
    private int size;

    /**
     * Takes a place at the end, or keeps the one that it has.
     *
     * @param lacked how many bytes it would have needed in all, as far as it knows
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

    /** What the one that has a place would have needed at least; empty for one that has none. */
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

    /** Leaves because it was this one's turn: the next turn is another namespace's. */
    void served(ObjectKey key) {
        leave(key);
        Map<ObjectKey, Place> others = namespaces.remove(key.namespace());
        if (others != null) {
            namespaces.put(key.namespace(), others);
        }
    }

    /** Whose turn it is, now that the lane is free; who did not come for its turn is passed over until it comes. */
    Optional<ObjectKey> next(long nowNanos) {
        forgetTheAbsent(nowNanos);
        return namespaces.values().stream()
                .flatMap(places -> places.entrySet().stream())
                .filter(place -> !place.getValue().hasLapsed(nowNanos))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private void forgetTheAbsent(long nowNanos) {
        List<ObjectKey> absent = namespaces.values().stream()
                .flatMap(places -> places.entrySet().stream())
                .filter(place -> nowNanos - place.getValue().seenNanos > FORGOTTEN.toNanos())
                .map(Map.Entry::getKey)
                .toList();
        absent.forEach(this::leave);
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
