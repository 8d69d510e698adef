package dev.sluice.toolkit.source;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.toolkit.meta.ConditionedStatus;
import dev.sluice.toolkit.meta.ReconcileRequestStatus;
import io.kubernetes.client.openapi.models.V1Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The observed state of a Bucket.
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}.
 *
 * @param conditions Ready, and while they apply, Reconciling, Stalled and those of {@link SourceConditionTypes}
 * @param artifact the last successful Bucket reconciliation
 * @param lastHandledReconcileAt the value of the most recent reconcile request value, so a change of the annotation
 *     value can be detected
 * @param observedGeneration the last observed generation of the Bucket object
 * @param observedIgnore the observed exclusion patterns used for constructing the source artifact
 * @param url the dynamic fetch link for the latest Artifact. It is provided on a "best effort" basis, and using the
 *     precise BucketStatus.Artifact data is recommended
 */
public record BucketStatus(
        List<V1Condition> conditions,
        @Nullable Artifact artifact,
        @Nullable String lastHandledReconcileAt,
        @Nullable Long observedGeneration,
        @Nullable String observedIgnore,
        @Nullable String url)
        implements ConditionedStatus, ReconcileRequestStatus {

    public BucketStatus {
        conditions = List.copyOf(conditions);
    }
}
