package dev.sluice.toolkit.extensions;

/** Labels of the objects that a generator manages. */
public final class GeneratorLabels {

    /** The UID of the ArtifactGenerator that manages the object. */
    public static final String GENERATOR = "source.extensions.fluxcd.io/generator";

    /** The value of {@code app.kubernetes.io/managed-by}. */
    public static final String MANAGED_BY_VALUE = "source-watcher";

    private GeneratorLabels() {}
}
