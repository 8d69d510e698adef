package dev.sluice.controller.informer;

import dev.sluice.controller.queue.Ticker;
import dev.sluice.controller.request.UnreadableObject;
import dev.sluice.toolkit.meta.ObjectKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objects of one kind that cannot be read. Each is told once, and again when the reason changes; what is told in a
 * minute is bounded, and so is the number of reasons that are remembered, since any tenant may make such objects.
 * Thread-safe.
 */
final class UnreadableObjects {

    static final int MAX_REASONS = 1_000;
    static final int MAX_TOLD = 60;

    private static final Logger LOG = LoggerFactory.getLogger(UnreadableObjects.class);
    private static final String FORGOTTEN = "";
    private static final Duration TOLD_WITHIN = Duration.ofMinutes(1);

    private final String kind;
    private final Ticker ticker;
    private final Map<ObjectKey, String> reasons = new HashMap<>();
    private final Map<ObjectKey, String> versions = new HashMap<>();
    private long total;
    private long tellingSince;
    private int told;

    UnreadableObjects(String kind, Ticker ticker) {
        this.kind = kind;
        this.ticker = ticker;
        this.tellingSince = ticker.nanos();
    }

    synchronized void add(UnreadableObject object) {
        String reason = reasons.size() < MAX_REASONS || reasons.containsKey(object.key()) ? object.reason() : FORGOTTEN;
        if (!reason.equals(FORGOTTEN)) {
            versions.put(object.key(), object.resourceVersion());
        }
        if (!reason.equals(reasons.put(object.key(), reason))) {
            total++;
            tell(object);
        }
    }

    /** A whole list has come: what is not in it is not set aside any more. */
    synchronized void replace(List<UnreadableObject> objects) {
        Set<ObjectKey> keys = new HashSet<>();
        objects.forEach(object -> keys.add(object.key()));
        reasons.keySet().retainAll(keys);
        versions.keySet().retainAll(keys);
        objects.forEach(this::add);
    }

    /** The object is gone, or can be read. */
    synchronized void remove(ObjectKey key) {
        versions.remove(key);
        if (reasons.remove(key) != null && mayTell()) {
            LOG.atInfo()
                    .addKeyValue("kind", kind)
                    .addKeyValue("namespace", key.namespace())
                    .addKeyValue("name", key.name())
                    .log("Object is not set aside any more");
        }
    }

    synchronized Set<ObjectKey> keys() {
        return Set.copyOf(reasons.keySet());
    }

    /** All of them, without their UIDs; the version is empty where the reason is not remembered. */
    synchronized List<UnreadableObject> objects() {
        List<UnreadableObject> objects = new ArrayList<>(reasons.size());
        reasons.forEach(
                (key, reason) -> objects.add(new UnreadableObject(key, "", versions.getOrDefault(key, ""), reason)));
        return objects;
    }

    synchronized Optional<String> reason(ObjectKey key) {
        return Optional.ofNullable(reasons.get(key));
    }

    synchronized int size() {
        return reasons.size();
    }

    /** How often an object was set aside, or again for another reason. */
    synchronized long total() {
        return total;
    }

    private void tell(UnreadableObject object) {
        (mayTell() ? LOG.atWarn() : LOG.atDebug())
                .addKeyValue("kind", kind)
                .addKeyValue("namespace", object.key().namespace())
                .addKeyValue("name", object.key().name())
                .addKeyValue("resourceVersion", object.resourceVersion())
                .addKeyValue("error", object.reason())
                .log("Object cannot be read and is set aside, correct or delete it");
    }

    private boolean mayTell() {
        long now = ticker.nanos();
        if (now - tellingSince >= TOLD_WITHIN.toNanos()) {
            tellingSince = now;
            told = 0;
        }
        return ++told <= MAX_TOLD;
    }
}
