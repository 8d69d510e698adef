package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.ConditionedStatus;
import dev.sluice.toolkit.meta.ReconcileRequestStatus;
import io.kubernetes.client.openapi.models.V1Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The observed state of an ImagePolicy. */
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
