package dev.sluice.artifact.digest;

import java.io.IOException;
import java.io.Serial;

/** Thrown if content does not have the expected digest. */
public final class DigestMismatchException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient Digest expected;
    private final transient Digest actual;

    /** Creates an exception; {@code subject} describes the content, for example by its file name. */
    public DigestMismatchException(String subject, Digest expected, Digest actual) {
        super(subject + " has the digest \"" + actual + "\" but \"" + expected + "\" was expected");
        this.expected = expected;
        this.actual = actual;
    }

    /** Returns the expected digest. */
    public Digest expected() {
        return expected;
    }

    /** Returns the digest of the content. */
    public Digest actual() {
        return actual;
    }
}
