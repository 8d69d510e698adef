package dev.sluice.toolkit.meta;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.Comparator;
import java.util.Objects;

/**
 * Namespace and name of an object; the namespace is empty for a cluster-scoped object.
 *
 * <p>Ordered by namespace, then by name.
 *
 * @param namespace the namespace; empty for a kind without namespaces
 * @param name {@code metadata.name}, not empty
 */
public record ObjectKey(String namespace, String name) implements Comparable<ObjectKey> {

    private static final Comparator<ObjectKey> ORDER =
            Comparator.comparing(ObjectKey::namespace).thenComparing(ObjectKey::name);

    /**
     * Validates the name.
     *
     * @throws IllegalArgumentException if the name is empty
     */
    public ObjectKey {
        Objects.requireNonNull(namespace, "namespace");
        if (name.isEmpty()) {
            throw new IllegalArgumentException("object key without a name in namespace \"" + namespace + "\"");
        }
    }

    /**
     * Returns the key of an object.
     *
     * @throws IllegalArgumentException if the object has no name
     */
    public static ObjectKey of(KubernetesObject object) {
        return of(object.getMetadata());
    }

    /**
     * Returns the key in the metadata.
     *
     * @throws IllegalArgumentException if the metadata has no name
     */
    public static ObjectKey of(V1ObjectMeta metadata) {
        return new ObjectKey(
                Objects.requireNonNullElse(metadata.getNamespace(), ""),
                Objects.requireNonNullElse(metadata.getName(), ""));
    }

    @Override
    public int compareTo(ObjectKey other) {
        return ORDER.compare(this, other);
    }

    /**
     * Returns {@code namespace/name}, as in informer caches and Flux messages; only the name if there is no namespace.
     */
    @Override
    public String toString() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
