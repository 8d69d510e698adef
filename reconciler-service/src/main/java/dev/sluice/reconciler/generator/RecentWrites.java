package dev.sluice.reconciler.generator;

import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.meta.ToolkitObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What this process wrote last, per object: an informer's cache may lag behind it, and a run that decides on the older
 * state would undo or repeat its predecessor. Holds one object per living key. Thread-safe.
 *
 * @param <T> the kind of object
 */
final class RecentWrites<T extends ToolkitObject<?, ?>> {

    private static final int MAX_REMEMBERED = 10_000;

    private final Map<ObjectKey, T> written = new ConcurrentHashMap<>();

    /** UIDs of objects that are gone; least recently gone first out. A UID never comes back. */
    private final Map<String, Boolean> gone = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_REMEMBERED;
        }
    });

    /** The answer to a write may arrive after the news that the object was deleted: it is no ghost to keep then. */
    void record(T object) {
        written.merge(object.key(), object, RecentWrites::newer);
        if (gone.containsKey(uid(object))) {
            remove(object);
        }
    }

    /** The object was deleted; another of its name is another object. */
    void gone(T object) {
        gone.put(uid(object), true);
        remove(object);
    }

    private void remove(T object) {
        written.computeIfPresent(object.key(), (key, own) -> uid(own).equals(uid(object)) ? null : own);
    }

    private static String uid(ToolkitObject<?, ?> object) {
        return Objects.requireNonNullElse(object.metadata().getUid(), "");
    }

    /** The newer of what the cache has and what was written here. */
    T newest(T cached) {
        T own = written.get(cached.key());
        return own == null ? cached : newer(cached, own);
    }

    Optional<T> find(ObjectKey key) {
        return Optional.ofNullable(written.get(key));
    }

    /** Everything that was written here and has not been forgotten. */
    Stream<T> all() {
        return written.values().stream();
    }

    /** Whether this state of an object came from here, or is older than what did. */
    boolean covers(T seen) {
        T own = written.get(seen.key());
        return own != null && version(seen) <= version(own);
    }

    void forget(ObjectKey key) {
        written.remove(key);
    }

    private static <T extends ToolkitObject<?, ?>> T newer(T one, T other) {
        return version(other) > version(one) ? other : one;
    }

    /** Resource versions are decimal numbers that grow; since 1.35 that is promised, before it was so. */
    private static long version(ToolkitObject<?, ?> object) {
        return parse(object.metadata().getResourceVersion());
    }

    private static long parse(@Nullable String resourceVersion) {
        try {
            return resourceVersion == null ? 0 : Long.parseLong(resourceVersion);
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }
}
