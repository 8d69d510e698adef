package dev.sluice.artifact.storage;

import dev.sluice.artifact.digest.InvalidDigestException;
import java.io.IOException;
import java.io.Serial;

/** Thrown if an artifact cannot be verified because its digest is invalid. */
public final class UnparsableDigestException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Creates an exception; the message names the artifact, the cause describes the error in the digest. */
    public UnparsableDigestException(String message, InvalidDigestException cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
