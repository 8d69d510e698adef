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
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The unreadable objects of one kind. Logs each once, and again if the reason changes. The number of log lines per
 * minute and the number of remembered reasons are bounded, because any tenant can create such objects. Thread-safe.
 */
final class UnreadableObjects {

    static final int MAX_REASONS = 1_000;
    static final int MAX_LOGGED = 60;

    private static final Logger LOG = LoggerFactory.getLogger(UnreadableObjects.class);
    private static final String FORGOTTEN = "";
    private static final Duration LOG_WINDOW = Duration.ofMinutes(1);

    private final String kind;
    private final Ticker ticker;
    private final Map<ObjectKey, String> reasons = new HashMap<>();
    private final Map<ObjectKey, String> versions = new HashMap<>();
    private volatile Consumer<ObjectKey> onAdd = key -> {};
    private long total;
    private long windowStart;
    private int logged;

    UnreadableObjects(String kind, Ticker ticker) {
        this.kind = kind;
        this.ticker = ticker;
        this.windowStart = ticker.nanos();
    }

    void onAdd(Consumer<ObjectKey> handler) {
        onAdd = handler;
    }

    void add(UnreadableObject object) {
        remember(object);
        onAdd.accept(object.key());
    }

    private synchronized void remember(UnreadableObject object) {
        String reason = reasons.size() < MAX_REASONS || reasons.containsKey(object.key()) ? object.reason() : FORGOTTEN;
        if (!reason.equals(FORGOTTEN)) {
            versions.put(object.key(), object.resourceVersion());
        }
        if (!reason.equals(reasons.put(object.key(), reason))) {
            total++;
            log(object);
        }
    }

    /** Replaces all entries with those of a complete list. */
    void replace(List<UnreadableObject> objects) {
        Set<ObjectKey> keys = new HashSet<>();
        objects.forEach(object -> keys.add(object.key()));
        retain(keys);
        objects.forEach(this::add);
    }

    private synchronized void retain(Set<ObjectKey> keys) {
        reasons.keySet().retainAll(keys);
        versions.keySet().retainAll(keys);
    }

    /** Removes an object that was deleted or is readable again. */
    synchronized void remove(ObjectKey key) {
        versions.remove(key);
        if (reasons.remove(key) != null && mayLog()) {
            LOG.atInfo()
                    .addKeyValue("kind", kind)
                    .addKeyValue("namespace", key.namespace())
                    .addKeyValue("name", key.name())
                    .log("object no longer set aside");
        }
    }

    synchronized Set<ObjectKey> keys() {
        return Set.copyOf(reasons.keySet());
    }

    /** Returns all objects without their UIDs; the version is empty if the reason is not remembered. */
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

    /** Returns how many times an object was set aside, or set aside for another reason. */
    synchronized long total() {
        return total;
    }

    private void log(UnreadableObject object) {
        (mayLog() ? LOG.atWarn() : LOG.atDebug())
                .addKeyValue("kind", kind)
                .addKeyValue("namespace", object.key().namespace())
                .addKeyValue("name", object.key().name())
                .addKeyValue("resourceVersion", object.resourceVersion())
                .addKeyValue("error", object.reason())
                .log("object cannot be read and is set aside; correct or delete it");
    }

    private boolean mayLog() {
        long now = ticker.nanos();
        if (now - windowStart >= LOG_WINDOW.toNanos()) {
            windowStart = now;
            logged = 0;
        }
        return ++logged <= MAX_LOGGED;
    }
}
