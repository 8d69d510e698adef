package dev.sluice.examples.release.api;

import dev.sluice.toolkit.meta.ConditionedStatus;
import io.kubernetes.client.openapi.models.V1Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The observed state.
 *
 * @param observedGeneration the generation that was last handled
 * @param publishedGeneration the generation that was last published
 * @param upstreamDigest the digest of the upstream file that was last published
 * @param lastHandledReconcileAt the reconcile request that was last handled
 */
public record ProjectReleaseStatus(
        List<V1Condition> conditions,
        @Nullable Long observedGeneration,
        @Nullable Long publishedGeneration,
        @Nullable String upstreamDigest,
        @Nullable String lastHandledReconcileAt)
        implements ConditionedStatus {

    public ProjectReleaseStatus {
        conditions = List.copyOf(conditions);
    }
}
