package dev.sluice.toolkit.helm;

import dev.sluice.toolkit.meta.ConditionedStatus;
import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.ReconcileRequestStatus;
import dev.sluice.toolkit.meta.ResourceInventory;
import io.kubernetes.client.openapi.models.V1Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The observed state of a HelmRelease.
 *
 * @param helmChart {@code namespace/name} of the HelmChart that was created from the template
 * @param history newest first
 */
public record HelmReleaseStatus(
        List<V1Condition> conditions,
        @Nullable Long failures,
        @Nullable String helmChart,
        List<Snapshot> history,
        @Nullable Long installFailures,
        @Nullable ResourceInventory inventory,
        @Nullable String lastAttemptedConfigDigest,
        @Nullable Long lastAttemptedGeneration,
        @Nullable String lastAttemptedReleaseAction,
        @Nullable FluxDuration lastAttemptedReleaseActionDuration,
        @Nullable String lastAttemptedRevision,
        @Nullable String lastAttemptedRevisionDigest,
        @Nullable String lastAttemptedValuesChecksum,
        @Nullable String lastHandledForceAt,
        @Nullable String lastHandledReconcileAt,
        @Nullable String lastHandledResetAt,
        @Nullable Integer lastReleaseRevision,
        @Nullable String observedCommonMetadataDigest,
        @Nullable Long observedGeneration,
        @Nullable String observedPostRenderersDigest,
        @Nullable String storageNamespace,
        @Nullable Long upgradeFailures)
        implements ConditionedStatus, ReconcileRequestStatus {

    public HelmReleaseStatus {
        conditions = List.copyOf(conditions);
        history = List.copyOf(history);
    }
}
