package dev.sluice.launcher.source;

import dev.sluice.artifact.storage.Artifact;
import java.time.Duration;

/** Told what becomes of local sources. */
public interface SourceEvents {

    /** A directory's content is offered under a new revision; {@code took} counts from when the change was noticed. */
    void published(LocalSource source, Artifact artifact, int files, Duration took);

    /** A directory could not be read or offered; the last good revision stays, and the next change is tried again. */
    void failed(LocalSource source, String problem);

    /** A directory that had failed can be read again, and its content is what was offered all the time. */
    void recovered(LocalSource source);
}
