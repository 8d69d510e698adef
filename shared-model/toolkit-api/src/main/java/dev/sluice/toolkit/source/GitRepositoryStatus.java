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
 * <p>API: {@code source.toolkit.fluxcd.io/v1}.
 *
 * @param conditions Ready, and while they apply, Reconciling, Stalled and those of {@link SourceConditionTypes}
 * @param artifact the last successful GitRepository reconciliation
 * @param includedArtifacts the artifacts that were included
 * @param lastHandledReconcileAt the value of the most recent reconcile request value, so a change of the annotation
 *     value can be detected
 * @param observedGeneration the last observed generation of the GitRepository object
 * @param observedIgnore the observed exclusion patterns used for constructing the source artifact
 * @param observedInclude the {@code spec.include} of the published artifact
 * @param observedRecurseSubmodules the {@code spec.recurseSubmodules} of the published artifact
 * @param observedSparseCheckout the {@code spec.sparseCheckout} of the published artifact; since Flux 2.6
 * @param sourceVerificationFingerprint fingerprint of the verification settings and keys of the last verified commit;
 *     since Flux 2.10
 * @param sourceVerificationMode what was verified: {@code HEAD}, {@code Tag} or {@code TagAndHEAD}; null for nothing;
 *     since Flux 2.1
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
