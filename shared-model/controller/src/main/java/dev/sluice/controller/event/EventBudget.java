package dev.sluice.controller.event;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many events an object may give rise to: a token bucket each, with client-go's numbers. What only those want who
 * look closely has a bucket of its own, so that it never uses up the room of warnings. Used by one thread.
 */
final class EventBudget {

    static final int BURST = 25;
    static final Duration REFILL = Duration.ofMinutes(5);

    private static final int REMEMBERED = 4096;

    private final Map<Key, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Bucket> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Key(String kind, String namespace, String name, boolean trace) {}

    /** @param fullAt when nothing of the bucket will be spent any more */
    private record Bucket(Instant fullAt) {}

    void spend(ObjectEvent event) throws EventWithheldException {
        Instant now = event.time();
        Bucket bucket = buckets.computeIfAbsent(key(event), unknown -> new Bucket(now));
        Instant from = bucket.fullAt.isBefore(now) ? now : bucket.fullAt;
        Instant after = from.plus(REFILL);
        if (after.isAfter(now.plus(REFILL.multipliedBy(BURST)))) {
            throw new EventWithheldException("more than %d events about %s %s/%s, then one every %s"
                    .formatted(
                            BURST,
                            event.object().getKind(),
                            event.object().getNamespace(),
                            event.object().getName(),
                            REFILL));
        }
        buckets.put(key(event), new Bucket(after));
    }

    private static Key key(ObjectEvent event) {
        return new Key(
                String.valueOf(event.object().getKind()),
                String.valueOf(event.object().getNamespace()),
                String.valueOf(event.object().getName()),
                event.type() == EventType.TRACE);
    }
}
