package dev.sluice.artifact.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;

/** The compressed bytes of a gzip file: member headers, trailers, padding, and what goes to the decompressor. */
final class GzipInput {

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int MAX_HEADER_BYTES = 256 * 1024;

    private static final int FLAG_HEADER_CRC = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;
    private static final int RESERVED_FLAGS = 0xe0;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private int headerBytes;

    GzipInput(InputStream in) {
        this.in = in;
    }

    /** Gives the decompressor what the buffer holds. */
    void feed(Inflater inflater) throws IOException {
        if (position == limit && !fill()) {
            throw cutShort();
        }
        inflater.setInput(buffer, position, limit - position);
        position = limit;
    }

    /** Takes back what the decompressor did not use, after the end of a member. */
    void takeBack(Inflater inflater) {
        position = limit - inflater.getRemaining();
    }

    /** Reads and drops a member's header; nothing in it matters here. */
    void readHeader() throws IOException {
        headerBytes = 0;
        if (nextOrEnd() != 0x1f || nextOrEnd() != 0x8b) {
            throw new MalformedArchiveException("archive is not gzip-compressed");
        }
        int method = headerByte();
        int flags = headerByte();
        if (method != 8 || (flags & RESERVED_FLAGS) != 0) {
            throw new MalformedArchiveException("archive has a gzip header of an unknown kind");
        }
        skip(6);
        if ((flags & FLAG_EXTRA) != 0) {
            skip(headerByte() | headerByte() << 8);
        }
        if ((flags & FLAG_NAME) != 0) {
            skipText();
        }
        if ((flags & FLAG_COMMENT) != 0) {
            skipText();
        }
        if ((flags & FLAG_HEADER_CRC) != 0) {
            skip(2);
        }
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            headerByte();
        }
    }

    @SuppressWarnings("StatementWithEmptyBody")
    private void skipText() throws IOException {
        while (headerByte() != 0) {
            // its bytes matter to nobody
        }
    }

    private int headerByte() throws IOException {
        if (++headerBytes > MAX_HEADER_BYTES) {
            throw new ArchiveLimitException(
                    "archive has a gzip header of more than " + MAX_HEADER_BYTES + " bytes, which is refused");
        }
        return next();
    }

    /** Four bytes, little-endian. */
    int readInt() throws IOException {
        return next() | next() << 8 | next() << 16 | next() << 24;
    }

    /** Whether the file ends here; zeros up to its end count as end. */
    boolean atEndOrPadding() throws IOException {
        if (position == limit && !fill()) {
            return true;
        }
        if (buffer[position] != 0) {
            return false;
        }
        for (int b = nextOrEnd(); b >= 0; b = nextOrEnd()) {
            if (b != 0) {
                throw new MalformedArchiveException("archive has bytes after the end of its gzip data");
            }
        }
        return true;
    }

    private int next() throws IOException {
        int b = nextOrEnd();
        if (b < 0) {
            throw cutShort();
        }
        return b;
    }

    private int nextOrEnd() throws IOException {
        return position == limit && !fill() ? -1 : buffer[position++] & 0xff;
    }

    private boolean fill() throws IOException {
        int n = in.read(buffer);
        position = 0;
        limit = Math.max(n, 0);
        return n > 0;
    }

    private static MalformedArchiveException cutShort() {
        return new MalformedArchiveException("archive is cut short within its gzip data");
    }
}
