package dev.sluice.artifact.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads the members of a gzip file (RFC 1952); allows zero padding at its end.
 *
 * <p>Existing readers are not suitable: that of the Java runtime treats a damaged member as the end, that of
 * commons-compress holds a header's name of any length in memory, and neither distinguishes a damaged file from an I/O
 * error. Does not close the compressed stream.
 */
final class GzipMembers implements Closeable {

    private final GzipInput input;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private boolean memberEnded;

    /** @throws MalformedArchiveException if {@code compressed} does not start with a gzip header */
    GzipMembers(InputStream compressed) throws IOException {
        input = new GzipInput(compressed);
        try {
            input.readHeader();
        } catch (IOException e) {
            inflater.end();
            throw e;
        }
    }

    /** Reads content of the current member; returns -1 at its end, after verifying its checksum. */
    int read(byte[] b, int off, int len) throws IOException {
        while (!memberEnded) {
            int n = inflate(b, off, len);
            if (n > 0) {
                crc.update(b, off, n);
                return n;
            }
            if (inflater.finished()) {
                endMember();
            } else {
                input.feed(inflater);
            }
        }
        return -1;
    }

    private int inflate(byte[] b, int off, int len) throws MalformedArchiveException {
        try {
            int n = inflater.inflate(b, off, len);
            if (n == 0 && inflater.needsDictionary()) {
                throw new MalformedArchiveException("archive is damaged: its gzip data need a preset dictionary");
            }
            return n;
        } catch (DataFormatException e) {
            throw new MalformedArchiveException("archive is damaged: its gzip data cannot be decompressed", e);
        }
    }

    private void endMember() throws IOException {
        input.takeBack(inflater);
        if (input.readInt() != (int) crc.getValue()) {
            throw new MalformedArchiveException("archive is damaged: the checksum of its gzip data does not match");
        }
        if (input.readInt() != (int) inflater.getBytesWritten()) {
            throw new MalformedArchiveException("archive is damaged: the size of its gzip data does not match");
        }
        memberEnded = true;
    }

    /** Moves to the next member, after the end of one; returns false if there is none. */
    boolean next() throws IOException {
        if (input.atEndOrPadding()) {
            return false;
        }
        input.readHeader();
        inflater.reset();
        crc.reset();
        memberEnded = false;
        return true;
    }

    /** Frees the inflater's native memory. */
    @Override
    public void close() {
        inflater.end();
    }
}
