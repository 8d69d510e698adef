package dev.sluice.reconciler.publish;

import dev.sluice.artifact.storage.Artifact;
import java.io.IOException;

/** Checks that consumers can read an artifact before an object points at it. */
public interface ServedCheck {

    /** No check: for storage where a written file is visible to all nodes at once. */
    ServedCheck NONE = artifact -> {};

    /**
     * Returns when the artifact server serves the file with its digest.
     *
     * @throws IOException if it does not in time; the previous artifact stays published
     */
    void await(Artifact artifact) throws IOException, InterruptedException;
}
