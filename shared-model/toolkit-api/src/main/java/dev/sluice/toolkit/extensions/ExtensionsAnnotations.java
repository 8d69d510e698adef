package dev.sluice.toolkit.extensions;

/** Annotations that source-watcher understands, on ArtifactGenerators and on the namespaces that they manage. */
public final class ExtensionsAnnotations {

    /** {@link #DISABLED} suspends the generator, or the management of a namespace. */
    public static final String RECONCILE = "source.extensions.fluxcd.io/reconcile";

    /** On a generator: the interval between two runs, as a Go duration. */
    public static final String RECONCILE_EVERY = "source.extensions.fluxcd.io/reconcileEvery";

    /** On a namespace: {@link #DISABLED} keeps it when no artifact needs it any more. */
    public static final String PRUNE = "source.extensions.fluxcd.io/prune";

    /** On a namespace: how it is applied, {@link #MERGE}, {@link #IF_NOT_PRESENT} or {@link #IGNORE}. */
    public static final String SSA = "source.extensions.fluxcd.io/ssa";

    /** On a namespace: the object that deletes it, as {@code group/version/kind/namespace/name/uid}. */
    public static final String EXTERNAL_FINALIZER = "source.extensions.fluxcd.io/externalFinalizer";

    public static final String ENABLED = "Enabled";
    public static final String DISABLED = "Disabled";
    public static final String MERGE = "Merge";
    public static final String IF_NOT_PRESENT = "IfNotPresent";
    public static final String IGNORE = "Ignore";

    private ExtensionsAnnotations() {}
}
