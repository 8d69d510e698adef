package dev.sluice.controller.event;

import dev.sluice.artifact.concurrent.LruMap;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The rate limit for events about one object: a token bucket with client-go's numbers. Trace events have a bucket of
 * their own, so that they never use up that of warnings. Confined to one thread.
 */
final class EventBudget {

    static final int BURST = 25;
    static final Duration REFILL = Duration.ofMinutes(5);

    private static final int REMEMBERED = 4096;

    private final Map<Key, Bucket> buckets = new LruMap<>(REMEMBERED);

    private record Key(String kind, String namespace, String name, boolean trace) {}

    /** @param fullAt when the bucket will be full again */
    private record Bucket(Instant fullAt) {}

    void spend(ObjectEvent event) throws EventWithheldException {
        Instant now = event.time();
        Bucket bucket = buckets.computeIfAbsent(key(event), unknown -> new Bucket(now));
        Instant from = bucket.fullAt.isBefore(now) ? now : bucket.fullAt;
        Instant after = from.plus(REFILL);
        if (after.isAfter(now.plus(REFILL.multipliedBy(BURST)))) {
            throw new EventWithheldException(
                    "rate limit exceeded: more than %d events about %s %s/%s, then one every %s"
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
