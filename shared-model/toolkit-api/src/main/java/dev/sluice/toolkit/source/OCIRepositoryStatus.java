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
 * @param sourceVerificationFingerprint fingerprint of the verification settings and keys of the last verified digest
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
