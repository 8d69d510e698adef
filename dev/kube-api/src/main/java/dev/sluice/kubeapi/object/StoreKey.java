package dev.sluice.kubeapi.object;

import java.util.Comparator;

/** Namespace and name of an object within its resource; the namespace is empty for cluster-scoped objects. */
public record StoreKey(String namespace, String name) implements Comparable<StoreKey> {

    private static final Comparator<StoreKey> ORDER =
            Comparator.comparing(StoreKey::namespace).thenComparing(StoreKey::name);

    @Override
    public int compareTo(StoreKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
