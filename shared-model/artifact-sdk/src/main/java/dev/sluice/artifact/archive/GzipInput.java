package dev.sluice.artifact.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;

/** Reads a gzip file: member headers, trailers and padding, and the data for the inflater. */
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

    /** Passes the buffered data to the inflater. */
    void feed(Inflater inflater) throws IOException {
        if (position == limit && !fill()) {
            throw cutShort();
        }
        inflater.setInput(buffer, position, limit - position);
        position = limit;
    }

    /** Returns unused data from the inflater to the buffer, after the end of a member. */
    void takeBack(Inflater inflater) {
        position = limit - inflater.getRemaining();
    }

    /** Reads and discards a member's header. */
    void readHeader() throws IOException {
        headerBytes = 0;
        if (nextOrEnd() != 0x1f || nextOrEnd() != 0x8b) {
            throw new MalformedArchiveException("archive is not gzip-compressed");
        }
        int method = headerByte();
        int flags = headerByte();
        if (method != 8 || (flags & RESERVED_FLAGS) != 0) {
            throw new MalformedArchiveException("archive has an unsupported gzip header");
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
            // discard
        }
    }

    private int headerByte() throws IOException {
        if (++headerBytes > MAX_HEADER_BYTES) {
            throw new ArchiveLimitException(
                    "archive has a gzip header larger than the limit of " + MAX_HEADER_BYTES + " bytes");
        }
        return next();
    }

    /** Reads a four-byte little-endian integer. */
    int readInt() throws IOException {
        return next() | next() << 8 | next() << 16 | next() << 24;
    }

    /** Whether the file ends here, disregarding zero padding. */
    boolean atEndOrPadding() throws IOException {
        if (position == limit && !fill()) {
            return true;
        }
        if (buffer[position] != 0) {
            return false;
        }
        for (int b = nextOrEnd(); b >= 0; b = nextOrEnd()) {
            if (b != 0) {
                throw new MalformedArchiveException("archive has trailing bytes after its gzip data");
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
        return new MalformedArchiveException("archive is truncated within its gzip data");
    }
}
