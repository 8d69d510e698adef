package dev.sluice.toolkit.meta;

/** Condition types of Flux objects. */
public final class ConditionTypes {

    /** Whether the object's last reconciliation succeeded and is up to date. */
    public static final String READY = "Ready";

    /** True while the controller is reconciling the object. */
    public static final String RECONCILING = "Reconciling";

    /** True if a retry cannot succeed before the spec changes. */
    public static final String STALLED = "Stalled";

    /** Whether the applied objects are healthy (Kustomization). */
    public static final String HEALTHY = "Healthy";

    /** True if a cross-namespace rule forbids a reference. */
    public static final String ACCESS_DENIED = "AccessDenied";

    private ConditionTypes() {}
}
