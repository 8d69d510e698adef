package dev.sluice.reconciler.publish;

import dev.sluice.artifact.storage.Artifact;
import java.io.IOException;

/** Makes sure that consumers can read an artifact before an object points at it. */
public interface ServedCheck {

    /** Believes the volume: for storage that shows a file everywhere as soon as it is written. */
    ServedCheck NONE = artifact -> {};

    /**
     * Returns when the artifact server serves the file with its digest.
     *
     * @throws IOException when it does not in time; the old artifact stays published then
     */
    void await(Artifact artifact) throws IOException, InterruptedException;
}
