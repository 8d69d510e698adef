package dev.sluice.artifact.digest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the digest of content at its end and fails if it does not match. Content is unverified until a read has
 * returned -1. Not thread-safe.
 */
public final class VerifyingInputStream extends FilterInputStream {

    private final DigestingInputStream digesting;
    private final String subject;
    private final Digest expected;
    private @Nullable Digest actual;

    /** Wraps {@code in}; {@code subject} describes the content in the error message, for example by its file name. */
    public VerifyingInputStream(InputStream in, String subject, Digest expected) {
        this(new DigestingInputStream(in, expected.algorithm()), subject, expected);
    }

    private VerifyingInputStream(DigestingInputStream digesting, String subject, Digest expected) {
        super(digesting);
        this.digesting = digesting;
        this.subject = subject;
        this.expected = expected;
    }

    @Override
    public int read() throws IOException {
        return verifyAtEnd(in.read());
    }

    /** @throws DigestMismatchException at the end of the content if the digest does not match */
    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        // some streams return -1 for an empty read at their end
        return len == 0 ? 0 : verifyAtEnd(in.read(b, off, len));
    }

    private int verifyAtEnd(int result) throws IOException {
        if (result >= 0) {
            return result;
        }
        if (actual == null) {
            actual = digesting.digest();
        }
        if (!actual.equals(expected)) {
            throw new DigestMismatchException(subject, expected, actual);
        }
        return result;
    }
}
