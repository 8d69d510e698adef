package dev.sluice.artifact.digest;

import java.io.IOException;
import java.io.Serial;

/** Content does not have the digest that was promised. */
public final class DigestMismatchException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient Digest expected;
    private final transient Digest actual;

    /** Says that {@code subject}, for example a file name, has {@code actual} instead of {@code expected}. */
    public DigestMismatchException(String subject, Digest expected, Digest actual) {
        super(subject + " has the digest \"" + actual + "\" but \"" + expected + "\" was expected");
        this.expected = expected;
        this.actual = actual;
    }

    /** The digest that was promised. */
    public Digest expected() {
        return expected;
    }

    /** The digest that the content has. */
    public Digest actual() {
        return actual;
    }
}
