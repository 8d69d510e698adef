package dev.sluice.controller.informer;

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
 * state would undo or repeat its predecessor. Holds one object per living key, or no more than its version once a cache
 * is known to have it ({@link #caughtUp}). Thread-safe.
 *
 * @param <T> the kind of object
 */
public final class RecentWrites<T extends ToolkitObject<?, ?>> {

    private static final int MAX_REMEMBERED = 10_000;

    private final Map<ObjectKey, Written<T>> written = new ConcurrentHashMap<>();

    /** @param object null when a cache has it, or a newer one */
    private record Written<T>(
            String uid, long version, @Nullable T object) {

        Written<T> newer(Written<T> other) {
            return other.version > version ? other : this;
        }
    }

    /** UIDs of objects that are gone; least recently gone first out. A UID comes back only by {@link #appeared}. */
    private final Map<String, Boolean> gone = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_REMEMBERED;
        }
    });

    /** The answer to a write may arrive after the news that the object was deleted: it is no ghost to keep then. */
    public void record(T object) {
        written.merge(object.key(), new Written<>(uid(object), version(object), object), Written::newer);
        if (gone.containsKey(uid(object))) {
            remove(object);
        }
    }

    /** The object was deleted; another of its name is another object. */
    public void gone(T object) {
        gone.put(uid(object), true);
        remove(object);
    }

    /** An object that was set aside, and taken for deleted, can be read again: it has the UID that it had. */
    public void appeared(T object) {
        gone.remove(uid(object));
    }

    private void remove(T object) {
        written.computeIfPresent(object.key(), (key, own) -> own.uid().equals(uid(object)) ? null : own);
    }

    private static String uid(ToolkitObject<?, ?> object) {
        return Objects.requireNonNullElse(object.metadata().getUid(), "");
    }

    /**
     * The newer of what the cache has and what was written here. Where {@link #caughtUp} is used, look up what was
     * written before the cache is read: the other way round both may be too old.
     */
    public T newest(T cached) {
        return find(cached.key()).map(own -> newer(cached, own)).orElse(cached);
    }

    /** What was written here and is not known to be in a cache. */
    public Optional<T> find(ObjectKey key) {
        return Optional.ofNullable(written.get(key)).flatMap(own -> Optional.ofNullable(own.object()));
    }

    /** Everything that was written here, is not known to be in a cache and has not been forgotten. */
    public Stream<T> all() {
        return written.values().stream().flatMap(own -> Stream.ofNullable(own.object()));
    }

    /** A cache has this: what it covers need not be held twice. */
    public void caughtUp(T cached) {
        written.computeIfPresent(
                cached.key(),
                (key, own) -> version(cached) >= own.version() ? new Written<>(own.uid(), own.version(), null) : own);
    }

    /** Whether this state of an object came from here, or is older than what did. */
    public boolean covers(T seen) {
        Written<T> own = written.get(seen.key());
        return own != null && version(seen) <= own.version();
    }

    /** The object is to be read from the cache again. */
    public void forget(ObjectKey key) {
        written.remove(key);
    }

    public static <T extends ToolkitObject<?, ?>> T newer(T one, T other) {
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
