package dev.sluice.toolkit.source;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.toolkit.meta.ConditionedStatus;
import dev.sluice.toolkit.meta.ReconcileRequestStatus;
import io.kubernetes.client.openapi.models.V1Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The observed state of an OCIRepository.
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}.
 *
 * @param conditions Ready, and while they apply, Reconciling, Stalled and those of {@link SourceConditionTypes}
 * @param artifact the output of the last successful OCI Repository sync
 * @param lastHandledReconcileAt the value of the most recent reconcile request value, so a change of the annotation
 *     value can be detected
 * @param observedGeneration the last observed generation
 * @param observedIgnore the observed exclusion patterns used for constructing the source artifact
 * @param observedLayerSelector the {@code spec.layerSelector} of the published artifact
 * @param sourceVerificationFingerprint fingerprint of the verification settings and keys of the last verified digest;
 *     since Flux 2.10
 * @param url the download link for the artifact output of the last OCI Repository sync
 */
public record OCIRepositoryStatus(
        List<V1Condition> conditions,
        @Nullable Artifact artifact,
        @Nullable String lastHandledReconcileAt,
        @Nullable Long observedGeneration,
        @Nullable String observedIgnore,
        @Nullable OCILayerSelector observedLayerSelector,
        @Nullable String sourceVerificationFingerprint,
        @Nullable String url)
        implements ConditionedStatus, ReconcileRequestStatus {

    public OCIRepositoryStatus {
        conditions = List.copyOf(conditions);
    }
}
