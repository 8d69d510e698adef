package dev.sluice.reconciler.stage;

import java.util.Locale;

/** A timed part of a reconciliation. */
public enum Stage {
    /** Download of a source and verification of its digest. */
    FETCH,
    /** Unpacking of a source into the cache. */
    INDEX,
    /** Assembly of an artifact's tree. */
    BUILD,
    /** Writing of the tree to a file on the volume. */
    ARCHIVE,
    /** Reading of the file back through the artifact server. */
    READ_BACK,
    /** Writing of the ExternalArtifact. */
    PUBLISH;

    /** The name in logs and metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
