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
 * <p>API: {@code helm.toolkit.fluxcd.io/v2}.
 *
 * @param conditions Ready, and while they apply, Reconciling, Stalled and those of {@link HelmConditionTypes}
 * @param failures the reconciliation failure count against the latest desired state. It is reset after a successful
 *     reconciliation
 * @param helmChart {@code namespace/name} of the HelmChart that was created from the template
 * @param history newest first
 * @param installFailures the install failure count against the latest desired state. It is reset after a successful
 *     reconciliation
 * @param inventory the list of Kubernetes resource object references that have been applied for this release; since
 *     Flux 2.8
 * @param lastAttemptedConfigDigest the digest for the config (better known as "values") of the last reconciliation
 *     attempt
 * @param lastAttemptedGeneration the last generation the controller attempted to reconcile
 * @param lastAttemptedReleaseAction the last release action performed for this HelmRelease. It is used to determine
 *     the active retry or remediation strategy; one of {@code install}, {@code upgrade}
 * @param lastAttemptedReleaseActionDuration the duration of the last release action performed for this HelmRelease;
 *     since Flux 2.7
 * @param lastAttemptedRevision the Source revision of the last reconciliation attempt. For OCIRepository sources, the
 *     12 first characters of the digest are appended to the chart version e.g. "1.2.3+1234567890ab"
 * @param lastAttemptedRevisionDigest the digest of the last reconciliation attempt. This is only set for OCIRepository
 *     sources
 * @param lastAttemptedValuesChecksum the SHA1 checksum for the values of the last reconciliation attempt. Deprecated:
 *     Use LastAttemptedConfigDigest instead
 * @param lastHandledForceAt the value of the most recent force request value, so a change of the annotation value can
 *     be detected
 * @param lastHandledReconcileAt the value of the most recent reconcile request value, so a change of the annotation
 *     value can be detected
 * @param lastHandledResetAt the value of the most recent reset request value, so a change of the annotation value can
 *     be detected
 * @param lastReleaseRevision the revision of the last successful Helm release. Deprecated: Use History instead
 * @param observedCommonMetadataDigest the digest for the common metadata of the last successful reconciliation attempt;
 *     since Flux 2.7
 * @param observedGeneration the last observed generation
 * @param observedPostRenderersDigest the digest for the post-renderers of the last successful reconciliation attempt
 * @param storageNamespace the namespace of the Helm release storage for the current release
 * @param upgradeFailures the upgrade failure count against the latest desired state. It is reset after a successful
 *     reconciliation
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
