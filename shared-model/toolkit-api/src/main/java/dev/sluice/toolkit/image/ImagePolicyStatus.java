package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.ConditionedStatus;
import dev.sluice.toolkit.meta.ReconcileRequestStatus;
import io.kubernetes.client.openapi.models.V1Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The observed state of an ImagePolicy.
 *
 * <p>API: {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param conditions the conditions, at most one of each type
 * @param lastHandledReconcileAt the value of the most recent reconcile request value, so a change of the annotation
 *     value can be detected
 * @param latestRef the first in the list of images scanned by the image repository, when filtered and ordered
 *     according to the policy
 * @param observedGeneration the generation of the object that the controller has last handled
 * @param observedPreviousRef the observed previous LatestRef. It is used to keep track of the previous and current
 *     images
 */
public record ImagePolicyStatus(
        List<V1Condition> conditions,
        @Nullable String lastHandledReconcileAt,
        @Nullable ImageRef latestRef,
        @Nullable Long observedGeneration,
        @Nullable ImageRef observedPreviousRef)
        implements ConditionedStatus, ReconcileRequestStatus {

    public ImagePolicyStatus {
        conditions = List.copyOf(conditions);
    }
}
