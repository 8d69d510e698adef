package dev.sluice.reconciler.publish;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.publish.Publication;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.CommonMetadata;
import dev.sluice.toolkit.meta.NamespacedObjectKindReference;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an ExternalArtifact of a generator shall look like. Pure. */
final class PublicationPlan {

    private PublicationPlan() {}

    /**
     * The object to publish.
     *
     * @param captures the values of the path pattern for this artifact; they become labels
     */
    static Publication of(ArtifactGenerator generator, String name, Map<String, String> captures, Artifact artifact) {
        ObjectKey own = generator.key();
        return new Publication(
                new ObjectKey(own.namespace(), name),
                labels(generator, captures),
                annotations(generator),
                new NamespacedObjectKindReference(
                        generator.apiVersion(), generator.kind(), own.name(), own.namespace()),
                owner(generator),
                artifact);
    }

    /** Common labels, then captures, then the reserved ones: the later ones win. */
    private static Map<String, String> labels(ArtifactGenerator generator, Map<String, String> captures) {
        Map<String, String> labels = new LinkedHashMap<>();
        CommonMetadata common = generator.spec().commonMetadata();
        if (common != null) {
            labels.putAll(common.labels());
        }
        labels.putAll(captures);
        labels.put(Ownership.GENERATOR_LABEL, Ownership.uidOf(generator));
        return labels;
    }

    private static Map<String, String> annotations(ArtifactGenerator generator) {
        CommonMetadata common = generator.spec().commonMetadata();
        return common == null ? Map.of() : common.annotations();
    }

    /** RFC-0012 recommends it; the finalizer does the work, the reference is for those who look. */
    private static V1OwnerReference owner(ArtifactGenerator generator) {
        return new V1OwnerReference()
                .apiVersion(generator.apiVersion())
                .kind(generator.kind())
                .name(generator.key().name())
                .uid(Ownership.uidOf(generator))
                .controller(true);
    }
}
