package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.ConditionedStatus;
import dev.sluice.toolkit.meta.Immutable;
import dev.sluice.toolkit.meta.ReconcileRequestStatus;
import io.kubernetes.client.openapi.models.V1Condition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The observed state of an ImageUpdateAutomation.
 *
 * <p>API: {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param conditions the conditions, at most one of each type
 * @param lastAutomationRunTime the last time the controller ran this automation through to completion (even if no
 *     updates were made)
 * @param lastHandledReconcileAt the value of the most recent reconcile request value, so a change of the annotation
 *     value can be detected
 * @param lastPushCommit the SHA1 of the last commit made by the controller, for this automation object
 * @param lastPushTime the time of the last pushed change
 * @param observedGeneration the generation of the object that the controller has last handled
 * @param observedPolicies the list of observed ImagePolicies that were considered by the ImageUpdateAutomation update
 *     process
 * @param observedSourceRevision the last observed source revision. This can be used to determine if the source has
 *     been updated since last observation
 */
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
