package dev.sluice.kubeapi.store;

import java.util.List;

/** The objects of a resource at a revision, in key order. */
public record StoreSnapshot(long revision, List<StoredObject> objects) {

    public StoreSnapshot {
        objects = List.copyOf(objects);
    }
}
