package dev.sluice.examples.release.api;

import dev.sluice.toolkit.meta.ConditionedStatus;
import io.kubernetes.client.openapi.models.V1Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the controller reports.
 *
 * @param observedGeneration of the spec that was last published
 * @param upstreamDigest of the file that was last published
 * @param revision of the artifact that was last published
 * @param lastHandledReconcileAt the last request for a reconciliation that was answered
 */
public record ProjectReleaseStatus(
        List<V1Condition> conditions,
        @Nullable Long observedGeneration,
        @Nullable String upstreamDigest,
        @Nullable String revision,
        @Nullable String lastHandledReconcileAt)
        implements ConditionedStatus {

    public ProjectReleaseStatus {
        conditions = List.copyOf(conditions);
    }
}
