package dev.sluice.artifact.storage;

import java.io.IOException;
import java.io.Serial;

/** Thrown if an artifact cannot be verified because it has no digest. */
public final class MissingDigestException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Creates an exception; the message names the artifact. */
    public MissingDigestException(String message) {
        super(message);
    }
}
