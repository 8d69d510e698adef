package dev.sluice.kubeapi.store;

import java.util.List;

/** The objects of a resource at one revision, in key order. */
public record Snapshot(long revision, List<StoredObject> objects) {

    public Snapshot {
        objects = List.copyOf(objects);
    }
}
