package dev.sluice.toolkit.notification;

import dev.sluice.toolkit.meta.ConditionedStatus;
import dev.sluice.toolkit.meta.ReconcileRequestStatus;
import io.kubernetes.client.openapi.models.V1Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The observed state of a Receiver. */
public record ReceiverStatus(
        List<V1Condition> conditions,
        @Nullable String lastHandledReconcileAt,
        @Nullable Long observedGeneration,
        @Nullable String webhookPath)
        implements ConditionedStatus, ReconcileRequestStatus {

    public ReceiverStatus {
        conditions = List.copyOf(conditions);
    }
}
