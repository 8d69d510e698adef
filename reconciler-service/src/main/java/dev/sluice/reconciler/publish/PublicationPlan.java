package dev.sluice.reconciler.publish;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.object.Owners;
import dev.sluice.controller.publish.ExportedInputs;
import dev.sluice.controller.publish.Publication;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.CommonMetadata;
import dev.sluice.toolkit.meta.ObjectKey;
import java.util.LinkedHashMap;
import java.util.Map;

/** Builds the desired ExternalArtifact of a generator. Stateless. */
final class PublicationPlan {

    /** Digest of the inputs: after a restart, it shows without a build whether somebody has edited them. */
    static final String INPUTS_DIGEST = "sluice.dev/inputs-digest";

    private PublicationPlan() {}

    /**
     * Returns the object to publish. It has an owner reference only in the generator's namespace, because Kubernetes
     * deletes an object whose owner is missing from its own namespace.
     *
     * @param captures values of the path pattern's captures for this artifact; they become labels
     */
    static Publication of(
            ArtifactGenerator generator,
            ObjectKey key,
            Map<String, String> captures,
            Artifact artifact,
            ExportedInputs inputs) {
        ObjectKey own = generator.key();
        return new Publication(
                key,
                labels(generator, captures),
                annotations(generator, inputs),
                Owners.sourceOf(generator),
                // recommended by RFC-0012; for information only, because the finalizer deletes the object
                key.namespace().equals(own.namespace()) ? Owners.controllerOf(generator) : null,
                artifact,
                inputs);
    }

    /** Common labels, then captures, then reserved labels; later entries override earlier ones. */
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

    private static Map<String, String> annotations(ArtifactGenerator generator, ExportedInputs inputs) {
        Map<String, String> annotations = new LinkedHashMap<>();
        CommonMetadata common = generator.spec().commonMetadata();
        if (common != null) {
            annotations.putAll(common.annotations());
        }
        if (!inputs.equals(ExportedInputs.NONE)) {
            annotations.put(INPUTS_DIGEST, inputs.digest().toString());
        }
        return annotations;
    }
}
