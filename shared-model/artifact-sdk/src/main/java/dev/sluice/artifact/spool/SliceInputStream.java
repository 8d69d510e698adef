package dev.sluice.artifact.spool;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Reads a slice with its own position, so that several streams can read one spool file. */
final class SliceInputStream extends InputStream {

    private static final int READ_BYTES = 64 * 1024;

    private final SpoolFile file;
    private final long end;
    private long position;

    SliceInputStream(SpoolFile file, long start, long size) {
        this.file = file;
        this.position = start;
        this.end = start + size;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, b.length);
        if (len == 0) {
            return 0;
        }
        if (position == end) {
            return -1;
        }
        // a read holds the file's lock: keep it short, so that readers take turns
        int n = (int) Math.min(Math.min(len, READ_BYTES), end - position);
        file.readAt(position, b, off, n);
        position += n;
        return n;
    }

    @Override
    public long skip(long n) {
        long skipped = Math.max(0, Math.min(n, end - position));
        position += skipped;
        return skipped;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, end - position);
    }
}
