package dev.sluice.toolkit.meta;

import org.jspecify.annotations.Nullable;

/** A status that says which reconcile request was served last; see {@link Annotations#RECONCILE_REQUESTED_AT}. */
public interface ReconcileRequestStatus {

    /** The value of the annotation when it was served last; null if it never was. */
    @Nullable
    String lastHandledReconcileAt();

    /** Whether the request with this value of the annotation has been served. */
    default boolean hasHandled(String requestedAt) {
        return requestedAt.equals(lastHandledReconcileAt());
    }
}
