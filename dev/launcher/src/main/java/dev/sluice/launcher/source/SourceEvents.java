package dev.sluice.launcher.source;

import dev.sluice.artifact.storage.Artifact;
import java.time.Duration;

/** Listener for changes of local sources. */
public interface SourceEvents {

    /** A directory was published under a new revision; {@code took} is the time since the change was detected. */
    void published(LocalSource source, Artifact artifact, int files, Duration took);

    /** A directory could not be read or published. The last artifact stays published; the next change is a retry. */
    void failed(LocalSource source, String problem);

    /** A directory that had failed is readable again, and its content is still that of the published artifact. */
    void recovered(LocalSource source);
}
