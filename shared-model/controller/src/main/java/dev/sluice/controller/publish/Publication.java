package dev.sluice.controller.publish;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.toolkit.meta.Immutable;
import dev.sluice.toolkit.meta.NamespacedObjectKindReference;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The wanted state of an ExternalArtifact.
 *
 * @param labels without {@code app.kubernetes.io/managed-by}, which the publisher adds
 * @param sourceRef the object from which the artifact is built
 * @param owner owner in the same namespace, whose deletion also deletes the ExternalArtifact; null for none
 * @param artifact an artifact that is already stored; its update time is truncated to whole seconds
 * @param inputs values for templates, in the status of the ExternalArtifact
 */
public record Publication(
        ObjectKey key,
        Map<String, String> labels,
        Map<String, String> annotations,
        NamespacedObjectKindReference sourceRef,
        @Nullable V1OwnerReference owner,
        Artifact artifact,
        ExportedInputs inputs) {

    /** Creates a publication without inputs. */
    public Publication(
            ObjectKey key,
            Map<String, String> labels,
            Map<String, String> annotations,
            NamespacedObjectKindReference sourceRef,
            @Nullable V1OwnerReference owner,
            Artifact artifact) {
        this(key, labels, annotations, sourceRef, owner, artifact, ExportedInputs.NONE);
    }

    /** @throws NullPointerException if anything but the owner is null; names the component */
    public Publication {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(labels, "labels");
        Objects.requireNonNull(annotations, "annotations");
        Objects.requireNonNull(sourceRef, "sourceRef");
        Objects.requireNonNull(artifact, "artifact");
        Objects.requireNonNull(inputs, "inputs");
        labels = Immutable.map(labels);
        annotations = Immutable.map(annotations);
        if (artifact.lastUpdateTime() != null) {
            artifact = artifact.withLastUpdateTime(artifact.lastUpdateTime().truncatedTo(ChronoUnit.SECONDS));
        }
    }

    /** Returns a copy for comparisons, without the values of the inputs. */
    public Publication withInputsDigestOnly() {
        return new Publication(key, labels, annotations, sourceRef, owner, artifact, inputs.digestOnly());
    }
}
