package dev.sluice.controller.object;

import dev.sluice.toolkit.meta.NamespacedObjectKindReference;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** References to an object from the objects that a controller creates for it. */
public final class Owners {

    private Owners() {}

    /**
     * Returns the reference with which an object controls another one in its namespace. Kubernetes deletes an object
     * after its owner is gone, and at once if there is no such owner in its own namespace: use a finalizer for objects in
     * other namespaces.
     *
     * @throws IllegalArgumentException if the object has no API version, kind, name or UID, for example because it was
     *     not read from the API server
     */
    public static V1OwnerReference controllerOf(KubernetesObject object) {
        return new V1OwnerReference()
                .apiVersion(required(object, object.getApiVersion(), "API version"))
                .kind(required(object, object.getKind(), "kind"))
                .name(ObjectKey.of(object).name())
                .uid(required(object, object.getMetadata().getUid(), "UID"))
                .controller(true);
    }

    /**
     * Returns the reference for {@code spec.sourceRef} of an ExternalArtifact, which {@code flux trace} follows.
     *
     * @throws IllegalArgumentException if the object has no API version, kind or name
     */
    public static NamespacedObjectKindReference sourceOf(KubernetesObject object) {
        ObjectKey key = ObjectKey.of(object);
        return new NamespacedObjectKindReference(
                required(object, object.getApiVersion(), "API version"),
                required(object, object.getKind(), "kind"),
                key.name(),
                key.namespace());
    }

    /** Whether a reference names this object, by API group, kind, namespace and name. */
    public static boolean isSource(@Nullable NamespacedObjectKindReference reference, KubernetesObject object) {
        if (reference == null) {
            return false;
        }
        NamespacedObjectKindReference wanted = sourceOf(object);
        return wanted.kind().equals(reference.kind())
                && wanted.name().equals(reference.name())
                && Objects.equals(wanted.namespace(), Objects.requireNonNullElse(reference.namespace(), ""))
                && wanted.group().equals(reference.group());
    }

    private static String required(KubernetesObject object, @Nullable String value, String what) {
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("cannot refer to %s %s: it has no %s"
                    .formatted(
                            object.getClass().getSimpleName(),
                            object.getMetadata().getName(),
                            what));
        }
        return value;
    }
}
