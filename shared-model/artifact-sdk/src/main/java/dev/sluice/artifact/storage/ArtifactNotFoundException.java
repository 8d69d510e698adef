package dev.sluice.artifact.storage;

import java.io.IOException;
import java.io.Serial;

/** Thrown if an artifact does not exist: there is no regular file in the storage, or the server responded with 404. */
public final class ArtifactNotFoundException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Creates an exception; the message names the artifact and its location. */
    public ArtifactNotFoundException(String message) {
        super(message);
    }
}
