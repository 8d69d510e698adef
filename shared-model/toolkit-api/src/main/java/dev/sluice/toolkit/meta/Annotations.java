package dev.sluice.toolkit.meta;

/** Annotations that Flux controllers understand. */
public final class Annotations {

    /** Set to any new value to ask for a reconciliation now; the value comes back in the status. */
    public static final String RECONCILE_REQUESTED_AT = "reconcile.fluxcd.io/requestedAt";

    /** Set to the value of {@link #RECONCILE_REQUESTED_AT} to force a run that is not due, such as a Helm upgrade. */
    public static final String FORCE_REQUESTED_AT = "reconcile.fluxcd.io/forceAt";

    /** Set to the value of {@link #RECONCILE_REQUESTED_AT} to reset the failure counts of a HelmRelease. */
    public static final String RESET_REQUESTED_AT = "reconcile.fluxcd.io/resetAt";

    private Annotations() {}
}
