package dev.sluice.toolkit.extensions;

import dev.sluice.toolkit.meta.ConditionedStatus;
import dev.sluice.toolkit.meta.ReconcileRequestStatus;
import io.kubernetes.client.openapi.models.V1Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the controller reports about an ArtifactGenerator. There is no observed generation: the conditions carry
 * it.
 *
 * @param inventory the ExternalArtifacts that stand
 * @param observedSourcesDigest a hash of all sources' artifacts at the last success
 * @param lastHandledReconcileAt the value of the last reconcile request that was served
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
