package dev.sluice.artifact.digest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Computes the digest of the bytes that are read or skipped. Does not support mark and reset. Not thread-safe. */
public final class DigestingInputStream extends FilterInputStream {

    private final Hasher hasher;
    private long count;

    /** Wraps {@code in}; closing this stream closes {@code in}. */
    public DigestingInputStream(InputStream in, DigestAlgorithm algorithm) {
        super(in);
        this.hasher = algorithm.newHasher();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int n = read(one, 0, 1);
        return n < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        int n = in.read(b, off, len);
        if (n > 0) {
            hasher.update(b, off, n);
            count += n;
        }
        return n;
    }

    @Override
    public long skip(long n) throws IOException {
        byte[] buffer = new byte[(int) Math.min(Math.max(n, 0), 8192)];
        long skipped = 0;
        while (skipped < n) {
            int read = read(buffer, 0, (int) Math.min(buffer.length, n - skipped));
            if (read < 0) {
                break;
            }
            skipped += read;
        }
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // does nothing, so there is nothing to guard
    public void mark(int readlimit) {}

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public void reset() throws IOException {
        throw new IOException("mark and reset are not supported");
    }

    /** Returns the number of bytes read so far. */
    public long count() {
        return count;
    }

    /** Returns the digest of the bytes read so far; may be called once. */
    public Digest digest() {
        return hasher.digest();
    }
}
