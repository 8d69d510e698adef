package dev.sluice.controller.informer;

import dev.sluice.artifact.concurrent.LruMap;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.meta.ToolkitObject;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The objects that this process wrote last. An informer's cache may lag behind them, and a run that decides on the
 * older state would undo or repeat the previous run. Holds one object per existing key, or only its version once a
 * cache is known to contain it ({@link #caughtUp}). Thread-safe.
 *
 * @param <T> the kind of object
 */
public final class RecentWrites<T extends ToolkitObject<?, ?>> {

    private static final int MAX_REMEMBERED = 10_000;

    private final Map<ObjectKey, Written<T>> written = new ConcurrentHashMap<>();

    /**
     * The keys whose object is in {@link #written}, few of all keys. Changed only while the key's entry there is locked.
     */
    private final Set<ObjectKey> ahead = ConcurrentHashMap.newKeySet();

    /** @param object null if a cache has this object or a newer one */
    private record Written<T>(
            String uid, long version, @Nullable T object) {

        Written<T> newer(Written<T> other) {
            return other.version > version ? other : this;
        }
    }

    /** UIDs of deleted objects, evicted in order of deletion. A UID reappears only through {@link #appeared}. */
    private final Map<String, Boolean> gone = Collections.synchronizedMap(new LruMap<>(MAX_REMEMBERED));

    /**
     * Records a written object. Ignores one that is known to be deleted: the response to a write can arrive after the
     * deletion event.
     */
    public void record(T object) {
        Written<T> latest = new Written<>(uid(object), version(object), object);
        written.compute(object.key(), (key, own) -> kept(key, own == null ? latest : own.newer(latest)));
        if (gone.containsKey(uid(object))) {
            remove(object);
        }
    }

    /** Records that the object was deleted. Another object of the same name is not affected. */
    public void gone(T object) {
        gone.put(uid(object), true);
        remove(object);
    }

    /** Records that an object that was set aside, and treated as deleted, is readable again under the same UID. */
    public void appeared(T object) {
        gone.remove(uid(object));
    }

    private void remove(T object) {
        written.computeIfPresent(object.key(), (key, own) -> own.uid().equals(uid(object)) ? forgotten(key) : own);
    }

    private Written<T> kept(ObjectKey key, Written<T> entry) {
        if (entry.object() == null) {
            ahead.remove(key);
        } else {
            ahead.add(key);
        }
        return entry;
    }

    private @Nullable Written<T> forgotten(ObjectKey key) {
        ahead.remove(key);
        return null;
    }

    private static String uid(ToolkitObject<?, ?> object) {
        return Objects.requireNonNullElse(object.metadata().getUid(), "");
    }

    /**
     * Returns the newer of the cached and the written object. Where {@link #caughtUp} is used, read the written object
     * before the cache: in the other order both may be outdated.
     */
    public T newest(T cached) {
        return find(cached.key()).map(own -> newer(cached, own)).orElse(cached);
    }

    /** Returns the written object, unless a cache is known to contain it. */
    public Optional<T> find(ObjectKey key) {
        return Optional.ofNullable(written.get(key)).flatMap(own -> Optional.ofNullable(own.object()));
    }

    /** Returns all written objects that no cache is known to contain and that were not forgotten. */
    public Stream<T> all() {
        return ahead.stream().flatMap(key -> find(key).stream());
    }

    /** Records that a cache contains this object, so that a copy it covers is released. */
    public void caughtUp(T cached) {
        written.computeIfPresent(
                cached.key(),
                (key, own) -> version(cached) >= own.version()
                        ? kept(key, new Written<>(own.uid(), own.version(), null))
                        : own);
    }

    /** Whether this state of the object was written by this process, or is older than what it wrote. */
    public boolean covers(T seen) {
        Written<T> own = written.get(seen.key());
        return own != null && version(seen) <= own.version();
    }

    /** Forgets the written object, so that the cached one counts. */
    public void forget(ObjectKey key) {
        written.computeIfPresent(key, (found, own) -> forgotten(found));
    }

    public static <T extends ToolkitObject<?, ?>> T newer(T one, T other) {
        return version(other) > version(one) ? other : one;
    }

    /**
     * Resource versions are increasing decimal numbers; Kubernetes guarantees this since 1.35 and did so in practice
     * before.
     */
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
