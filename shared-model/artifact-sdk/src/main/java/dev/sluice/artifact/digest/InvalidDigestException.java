package dev.sluice.artifact.digest;

import java.io.Serial;

/** A text that is not a digest: no algorithm, an unknown one, a wrong length, or not lower-case hex. */
public final class InvalidDigestException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1;

    InvalidDigestException(String message) {
        super(message);
    }
}
