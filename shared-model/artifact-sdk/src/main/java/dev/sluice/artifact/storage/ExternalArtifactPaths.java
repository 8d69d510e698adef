package dev.sluice.artifact.storage;

import java.util.Locale;

/** Where the artifacts of ExternalArtifacts are on a volume: {@code externalartifact/<namespace>/<name>/<file>}. */
public final class ExternalArtifactPaths {

    /** The kind, as the API server knows it. */
    public static final String KIND = "ExternalArtifact";

    /** The directory of the kind, below the base directory. */
    public static final String DIRECTORY = KIND.toLowerCase(Locale.ROOT);

    private ExternalArtifactPaths() {}
}
