package dev.sluice.toolkit.meta;

/** Annotations that Flux controllers understand. */
public final class Annotations {

    /** Requests a reconciliation when set to a new value; the status reports the value that was handled. */
    public static final String RECONCILE_REQUESTED_AT = "reconcile.fluxcd.io/requestedAt";

    /**
     * Forces an action that is not due, such as a Helm upgrade, when set to the value of {@link
     * #RECONCILE_REQUESTED_AT}.
     */
    public static final String FORCE_REQUESTED_AT = "reconcile.fluxcd.io/forceAt";

    /** Resets the failure counts of a HelmRelease when set to the value of {@link #RECONCILE_REQUESTED_AT}. */
    public static final String RESET_REQUESTED_AT = "reconcile.fluxcd.io/resetAt";

    private Annotations() {}
}
