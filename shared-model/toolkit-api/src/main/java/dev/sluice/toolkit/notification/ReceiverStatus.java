package dev.sluice.toolkit.notification;

import dev.sluice.toolkit.meta.ConditionedStatus;
import dev.sluice.toolkit.meta.ReconcileRequestStatus;
import io.kubernetes.client.openapi.models.V1Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The observed state of a Receiver.
 *
 * <p>API: {@code notification.toolkit.fluxcd.io/v1}.
 *
 * @param conditions Ready, and while they apply, Reconciling and Stalled
 * @param lastHandledReconcileAt the value of the most recent reconcile request value, so a change of the annotation
 *     value can be detected
 * @param observedGeneration the last observed generation of the Receiver object
 * @param webhookPath the generated incoming webhook address in the format of '/hook/sha256sum(token+name+namespace)'
 */
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
