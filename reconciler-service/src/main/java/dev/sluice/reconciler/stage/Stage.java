package dev.sluice.reconciler.stage;

import java.util.Locale;

/** A part of a reconciliation that takes time. */
public enum Stage {
    /** Downloads a source and verifies its digest. */
    FETCH,
    /** Unpacks a source into the cache. */
    INDEX,
    /** Puts the tree of an artifact together. */
    BUILD,
    /** Writes the tree as a file of the volume. */
    ARCHIVE,
    /** Reads the file back through the artifact server. */
    READ_BACK,
    /** Writes the ExternalArtifact. */
    PUBLISH;

    /** As logs and metrics call it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
