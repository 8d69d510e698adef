package dev.sluice.artifact.storage;

import java.util.Locale;

/** Paths of ExternalArtifacts on a volume: {@code externalartifact/<namespace>/<name>/<file>}. */
public final class ExternalArtifactPaths {

    /** Name of the kind in the Kubernetes API. */
    public static final String KIND = "ExternalArtifact";

    /** Directory of the kind in the base directory. */
    public static final String DIRECTORY = KIND.toLowerCase(Locale.ROOT);

    private ExternalArtifactPaths() {}
}
