package dev.sluice.controller.informer;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.cache.Cache;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cached objects of an informer and the handlers that are notified of each change, after the cache has changed.
 * Thread-safe; the cache may be read at any time.
 */
final class CachedObjects<T extends KubernetesObject> {

    private static final Logger LOG = LoggerFactory.getLogger(CachedObjects.class);

    private final Cache<T> cache;
    private final List<ResourceEventHandler<T>> handlers = new ArrayList<>();

    CachedObjects(Cache<T> cache) {
        this.cache = cache;
    }

    Cache<T> cache() {
        return cache;
    }

    /** Adds a handler, which gets the objects that are cached already. */
    synchronized void addHandler(ResourceEventHandler<T> handler) {
        handlers.add(handler);
        cache.list().forEach(object -> call(handler, own -> own.onAdd(object)));
    }

    /** Replaces all objects by those of a list. */
    synchronized void replace(List<T> objects) {
        Set<String> listed = new HashSet<>();
        for (T object : objects) {
            listed.add(keyOf(object));
            put(object);
        }
        for (T cached : cache.list()) {
            if (!listed.contains(keyOf(cached))) {
                remove(cached, true);
            }
        }
    }

    synchronized void put(T object) {
        T before = cache.getByKey(keyOf(object));
        if (before == null) {
            cache.add(object);
            callAll(handler -> handler.onAdd(object));
        } else {
            cache.update(object);
            callAll(handler -> handler.onUpdate(before, object));
        }
    }

    /** @param finalStateUnknown whether the object may have changed since it was cached */
    synchronized void remove(T object, boolean finalStateUnknown) {
        if (cache.getByKey(keyOf(object)) != null) {
            cache.delete(object);
            callAll(handler -> handler.onDelete(object, finalStateUnknown));
        }
    }

    private String keyOf(T object) {
        return cache.getKeyFunc().apply(object);
    }

    private void callAll(Consumer<ResourceEventHandler<T>> event) {
        handlers.forEach(handler -> call(handler, event));
    }

    private void call(ResourceEventHandler<T> handler, Consumer<ResourceEventHandler<T>> event) {
        try {
            event.accept(handler);
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("event handler failed");
        }
    }
}
