package dev.sluice.toolkit.extensions;

import dev.sluice.toolkit.meta.ConditionedStatus;
import dev.sluice.toolkit.meta.ReconcileRequestStatus;
import io.kubernetes.client.openapi.models.V1Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The observed state of an ArtifactGenerator. It has no observed generation; the conditions have one.
 *
 * <p>API: {@code source.extensions.fluxcd.io/v1beta1}.
 *
 * @param conditions conditions of the object: Ready and, while true, Reconciling and Stalled
 * @param inventory the ExternalArtifacts that exist
 * @param observedSourcesDigest hash of the artifacts of all sources at the last success
 * @param lastHandledReconcileAt value of the last reconcile request that was handled
 */
public record ArtifactGeneratorStatus(
        List<V1Condition> conditions,
        List<ArtifactInventoryEntry> inventory,
        @Nullable String observedSourcesDigest,
        @Nullable String lastHandledReconcileAt)
        implements ConditionedStatus, ReconcileRequestStatus {

    public ArtifactGeneratorStatus {
        conditions = List.copyOf(conditions);
        inventory = List.copyOf(inventory);
    }
}
