package dev.sluice.artifact.digest;

import java.io.Serial;

/** Thrown if a text is not a digest: missing or unknown algorithm, wrong length, or not lower-case hex. */
public final class InvalidDigestException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1;

    InvalidDigestException(String message) {
        super(message);
    }
}
