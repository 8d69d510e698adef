package dev.sluice.toolkit.kustomize;

import dev.sluice.toolkit.meta.ConditionedStatus;
import dev.sluice.toolkit.meta.ReconcileRequestStatus;
import dev.sluice.toolkit.meta.ResourceInventory;
import dev.sluice.toolkit.meta.Snapshot;
import io.kubernetes.client.openapi.models.V1Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The observed state of a Kustomization. */
public record KustomizationStatus(
        List<V1Condition> conditions,
        List<Snapshot> history,
        @Nullable ResourceInventory inventory,
        @Nullable String lastAppliedOriginRevision,
        @Nullable String lastAppliedRevision,
        @Nullable String lastAttemptedRevision,
        @Nullable String lastHandledReconcileAt,
        @Nullable Long observedGeneration)
        implements ConditionedStatus, ReconcileRequestStatus {

    public KustomizationStatus {
        conditions = List.copyOf(conditions);
        history = List.copyOf(history);
    }
}
