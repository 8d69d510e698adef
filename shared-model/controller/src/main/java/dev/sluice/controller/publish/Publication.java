package dev.sluice.controller.publish;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.toolkit.meta.Immutable;
import dev.sluice.toolkit.meta.NamespacedObjectKindReference;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An ExternalArtifact as it shall stand in the cluster.
 *
 * @param labels without {@code app.kubernetes.io/managed-by}, which the publisher adds
 * @param sourceRef the object that the artifact is made from
 * @param owner with whose deletion the ExternalArtifact goes, in the same namespace; null for none
 * @param artifact stored already; its time is cut to whole seconds
 */
public record Publication(
        ObjectKey key,
        Map<String, String> labels,
        Map<String, String> annotations,
        NamespacedObjectKindReference sourceRef,
        @Nullable V1OwnerReference owner,
        Artifact artifact) {

    public Publication {
        labels = Immutable.map(labels);
        annotations = Immutable.map(annotations);
        if (artifact.lastUpdateTime() != null) {
            artifact = artifact.withLastUpdateTime(artifact.lastUpdateTime().truncatedTo(ChronoUnit.SECONDS));
        }
    }
}
