package dev.sluice.toolkit.source;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.toolkit.meta.ConditionedStatus;
import dev.sluice.toolkit.meta.ReconcileRequestStatus;
import io.kubernetes.client.openapi.models.V1Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The observed state of a GitRepository.
 *
 * @param sourceVerificationFingerprint fingerprint of the verification settings and keys of the last verified commit
 */
public record GitRepositoryStatus(
        List<V1Condition> conditions,
        @Nullable Artifact artifact,
        List<Artifact> includedArtifacts,
        @Nullable String lastHandledReconcileAt,
        @Nullable Long observedGeneration,
        @Nullable String observedIgnore,
        List<GitRepositoryInclude> observedInclude,
        @Nullable Boolean observedRecurseSubmodules,
        List<String> observedSparseCheckout,
        @Nullable String sourceVerificationFingerprint,
        @Nullable String sourceVerificationMode)
        implements ConditionedStatus, ReconcileRequestStatus {

    public GitRepositoryStatus {
        conditions = List.copyOf(conditions);
        includedArtifacts = List.copyOf(includedArtifacts);
        observedInclude = List.copyOf(observedInclude);
        observedSparseCheckout = List.copyOf(observedSparseCheckout);
    }
}
