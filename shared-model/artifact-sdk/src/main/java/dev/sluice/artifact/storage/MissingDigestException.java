package dev.sluice.artifact.storage;

import java.io.IOException;
import java.io.Serial;

/** An artifact can not be verified because it does not say which digest it should have. */
public final class MissingDigestException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Says which artifact has no digest. */
    public MissingDigestException(String message) {
        super(message);
    }
}
