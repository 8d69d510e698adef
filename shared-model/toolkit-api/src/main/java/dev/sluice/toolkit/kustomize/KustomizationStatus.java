package dev.sluice.toolkit.kustomize;

import dev.sluice.toolkit.meta.ConditionedStatus;
import dev.sluice.toolkit.meta.ReconcileRequestStatus;
import dev.sluice.toolkit.meta.ResourceInventory;
import dev.sluice.toolkit.meta.Snapshot;
import io.kubernetes.client.openapi.models.V1Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The observed state of a Kustomization.
 *
 * <p>API: {@code kustomize.toolkit.fluxcd.io/v1}.
 *
 * @param conditions the conditions, at most one of each type
 * @param history a set of snapshots of the last reconciliation attempts tracking the revision, the state and the
 *     duration of each attempt; since Flux 2.7
 * @param inventory the list of Kubernetes resource object references that have been successfully applied
 * @param lastAppliedOriginRevision the last successfully applied origin revision. Equals the origin revision of the
 *     applied Artifact from the referenced Source. Since Flux 2.5
 * @param lastAppliedRevision the last successfully applied revision. Equals the Revision of the applied Artifact from
 *     the referenced Source
 * @param lastAttemptedRevision the revision of the last reconciliation attempt
 * @param lastHandledReconcileAt the value of the most recent reconcile request value, so a change of the annotation
 *     value can be detected
 * @param observedGeneration the last reconciled generation
 */
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
