package dev.sluice.toolkit.meta;

/** Types of conditions that Flux objects report. */
public final class ConditionTypes {

    /** Whether the object's last reconciliation succeeded and is up to date. */
    public static final String READY = "Ready";

    /** True while the controller works towards the spec. */
    public static final String RECONCILING = "Reconciling";

    /** True when retrying cannot help: the spec has to change. */
    public static final String STALLED = "Stalled";

    /** Whether what was applied is healthy (Kustomization). */
    public static final String HEALTHY = "Healthy";

    /** True when a rule across namespaces forbids a reference. */
    public static final String ACCESS_DENIED = "AccessDenied";

    private ConditionTypes() {}
}
