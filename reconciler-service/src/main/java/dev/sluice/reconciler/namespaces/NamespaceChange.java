package dev.sluice.reconciler.namespaces;

import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.Objects;

/**
 * What a run did with a namespace that its generator wants.
 *
 * @param metadata the namespace after the run
 * @param former the UID of the generator that it was taken over from; else empty
 */
public record NamespaceChange(Kind kind, V1ObjectMeta metadata, String former) {

    /** What happened. */
    public enum Kind {
        CREATED,
        ADOPTED,
        TAKEN_OVER,
        RECONCILED,
        UNCHANGED,
        /** An annotation says that it is not to be changed. */
        LEFT
    }

    /** Returns the name of the namespace. */
    public String name() {
        return Objects.requireNonNullElse(metadata.getName(), "");
    }

    /** Returns the namespace, for an event about it. */
    public V1Namespace object() {
        return new V1Namespace()
                .apiVersion(NamespaceRequests.TYPE.kind().apiVersion())
                .kind(NamespaceRequests.TYPE.kind().kind())
                .metadata(metadata);
    }
}
