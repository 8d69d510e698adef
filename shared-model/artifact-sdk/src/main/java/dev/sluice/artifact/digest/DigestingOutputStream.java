package dev.sluice.artifact.digest;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Computes the digest and the number of the bytes that are written. Not thread-safe. */
public final class DigestingOutputStream extends FilterOutputStream {

    private final Hasher hasher;
    private long count;

    /** Wraps {@code out}; closing this stream flushes and closes {@code out}. */
    public DigestingOutputStream(OutputStream out, DigestAlgorithm algorithm) {
        super(out);
        this.hasher = algorithm.newHasher();
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
        out.write(b, off, len);
        hasher.update(b, off, len);
        count += len;
    }

    /** Returns the number of bytes written so far. */
    public long count() {
        return count;
    }

    /** Returns the digest of the bytes written so far; may be called once. */
    public Digest digest() {
        return hasher.digest();
    }
}
