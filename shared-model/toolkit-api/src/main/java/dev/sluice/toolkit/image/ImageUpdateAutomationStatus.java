package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.ConditionedStatus;
import dev.sluice.toolkit.meta.Immutable;
import dev.sluice.toolkit.meta.ReconcileRequestStatus;
import io.kubernetes.client.openapi.models.V1Condition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The observed state of an ImageUpdateAutomation. */
public record ImageUpdateAutomationStatus(
        List<V1Condition> conditions,
        @Nullable Instant lastAutomationRunTime,
        @Nullable String lastHandledReconcileAt,
        @Nullable String lastPushCommit,
        @Nullable Instant lastPushTime,
        @Nullable Long observedGeneration,
        Map<String, ImageRef> observedPolicies,
        @Nullable String observedSourceRevision)
        implements ConditionedStatus, ReconcileRequestStatus {

    public ImageUpdateAutomationStatus {
        conditions = List.copyOf(conditions);
        observedPolicies = Immutable.map(observedPolicies);
    }
}
