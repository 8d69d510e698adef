package dev.sluice.artifact.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The content of a gzip file (RFC 1952) of one or more members, with zero padding allowed at its end.
 *
 * <p>The ready-made readers do not do: the one of the Java runtime takes a damaged next member for the end, the one of
 * commons-compress keeps a header's name in memory whatever its length, and neither tells a damaged file from a disk that
 * fails. Does not close the compressed stream.
 */
final class GzipMembers extends InputStream {

    private final GzipInput input;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private boolean betweenMembers;
    private boolean ended;

    /** @throws MalformedArchiveException if {@code compressed} does not start as a gzip file does */
    GzipMembers(InputStream compressed) throws IOException {
        input = new GzipInput(compressed);
        try {
            input.readHeader();
        } catch (IOException e) {
            inflater.end();
            throw e;
        }
    }

    /** Whether all content of a member was read and its check sum was right; the next one was not looked at yet. */
    boolean betweenMembers() {
        return betweenMembers;
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
        while (!ended) {
            if (betweenMembers) {
                startMember();
                continue;
            }
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
                throw new MalformedArchiveException("archive is damaged: its gzip data ask for a dictionary");
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
        betweenMembers = true;
    }

    private void startMember() throws IOException {
        if (input.atEndOrPadding()) {
            ended = true;
            return;
        }
        input.readHeader();
        inflater.reset();
        crc.reset();
        betweenMembers = false;
    }

    /** Frees the decompressor's memory, which is outside the heap. */
    @Override
    public void close() {
        ended = true;
        inflater.end();
    }
}
