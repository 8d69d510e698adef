package dev.sluice.artifact.storage;

import dev.sluice.artifact.digest.InvalidDigestException;
import java.io.IOException;
import java.io.Serial;

/** An artifact can not be verified because its digest is no digest. */
public final class UnparsableDigestException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Says which artifact, and in the cause what is wrong with its digest. */
    public UnparsableDigestException(String message, InvalidDigestException cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
