package dev.sluice.toolkit.meta;

import org.jspecify.annotations.Nullable;

/** A status with the last reconcile request that was handled; see {@link Annotations#RECONCILE_REQUESTED_AT}. */
public interface ReconcileRequestStatus {

    /** Returns the value of the last annotation that was handled; null if none was. */
    @Nullable
    String lastHandledReconcileAt();

    /** Whether the request with this annotation value was handled. */
    default boolean hasHandled(String requestedAt) {
        return requestedAt.equals(lastHandledReconcileAt());
    }
}
