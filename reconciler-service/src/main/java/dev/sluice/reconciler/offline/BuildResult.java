package dev.sluice.reconciler.offline;

import org.jspecify.annotations.Nullable;

/**
 * Result of one artifact.
 *
 * @param file its archive; null if it failed
 */
record BuildResult(RenderedArtifact artifact, @Nullable PublishedFile file) {

    boolean failed() {
        return artifact.failed();
    }
}
