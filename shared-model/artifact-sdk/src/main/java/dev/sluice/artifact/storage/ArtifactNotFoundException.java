package dev.sluice.artifact.storage;

import java.io.IOException;
import java.io.Serial;

/** There is no such artifact: no regular file in the storage, or 404 from a server. */
public final class ArtifactNotFoundException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Says which artifact is missing and where. */
    public ArtifactNotFoundException(String message) {
        super(message);
    }
}
