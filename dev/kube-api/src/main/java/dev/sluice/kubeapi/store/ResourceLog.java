package dev.sluice.kubeapi.store;

import dev.sluice.kubeapi.object.StoreKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The objects of a resource and its latest changes. Not thread-safe: guarded by the store's lock. */
final class ResourceLog {

    private final NavigableMap<StoreKey, StoredObject> objects = new TreeMap<>();
    private final History history;

    ResourceLog(int historyLimit, long compacted) {
        this.history = new History(historyLimit, compacted);
    }

    History history() {
        return history;
    }

    @Nullable
    StoredObject get(StoreKey key) {
        return objects.get(key);
    }

    Collection<StoredObject> all() {
        return objects.values();
    }

    /** Returns the objects of a namespace; of all namespaces if it is empty. */
    List<StoredObject> in(String namespace) {
        return new ArrayList<>(namespaced(namespace).values());
    }

    /** Returns the objects at {@code revision}, by undoing later changes. */
    List<StoredObject> in(String namespace, long revision) throws CompactedException {
        NavigableMap<StoreKey, StoredObject> past = new TreeMap<>(namespaced(namespace));
        for (StoreEvent change : history.undo(revision)) {
            StoredObject before = change.before();
            if (!namespace.isEmpty() && !change.key().namespace().equals(namespace)) {
                continue;
            }
            if (before == null) {
                past.remove(change.key());
            } else {
                past.put(change.key(), before);
            }
        }
        return new ArrayList<>(past.values());
    }

    private NavigableMap<StoreKey, StoredObject> namespaced(String namespace) {
        if (namespace.isEmpty()) {
            return objects;
        }
        // no key sorts between "ns" and "ns" + U+0000
        return objects.subMap(new StoreKey(namespace, ""), true, new StoreKey(namespace + '\0', ""), false);
    }

    void apply(StoreEvent change) {
        if (change.deletion()) {
            objects.remove(change.key());
        } else {
            objects.put(change.key(), change.after());
        }
        history.add(change);
    }

    void restore(StoredObject object) {
        objects.put(object.key(), object);
    }
}
