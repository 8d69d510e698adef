package dev.sluice.reconciler.cluster;

import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.SourceReference;
import dev.sluice.toolkit.meta.ObjectKey;
import java.util.Objects;

/** Identifies a source object by kind, namespace and name. */
public record SourceKey(String kind, String namespace, String name) {

    /** The source in a generator's reference; the namespace defaults to the generator's own. */
    public static SourceKey of(ArtifactGenerator generator, SourceReference reference) {
        String own = Objects.requireNonNullElse(generator.metadata().getNamespace(), "");
        String namespace = reference.namespace();
        return new SourceKey(
                reference.kind(), namespace == null || namespace.isEmpty() ? own : namespace, reference.name());
    }

    public ObjectKey objectKey() {
        return new ObjectKey(namespace, name);
    }

    @Override
    public String toString() {
        return kind + "/" + namespace + "/" + name;
    }
}
