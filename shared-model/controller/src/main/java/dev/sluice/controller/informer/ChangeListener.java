package dev.sluice.controller.informer;

import org.jspecify.annotations.Nullable;

/** Told what becomes of the objects of an informer. */
@FunctionalInterface
public interface ChangeListener<T> {

    /**
     * An object came, changed or went. Called on one thread, after the cache has changed; be quick.
     *
     * @param before null for an object that is new, or new in this process
     * @param after null for an object that was deleted
     */
    void changed(@Nullable T before, @Nullable T after);
}
