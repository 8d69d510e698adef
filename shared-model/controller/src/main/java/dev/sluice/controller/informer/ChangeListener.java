package dev.sluice.controller.informer;

import org.jspecify.annotations.Nullable;

/** Listens to changes of the objects of an informer. */
@FunctionalInterface
public interface ChangeListener<T> {

    /**
     * Called when an object was created, changed or deleted, on one thread, after the cache has changed. Must return
     * quickly.
     *
     * @param before null for an object that is new, or new to this process
     * @param after null for an object that was deleted
     */
    void changed(@Nullable T before, @Nullable T after);
}
