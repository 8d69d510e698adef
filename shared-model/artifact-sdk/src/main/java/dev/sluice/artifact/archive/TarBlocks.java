package dev.sluice.artifact.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;

/** Reads the 512-byte blocks of a tar stream and tracks its offset. */
final class TarBlocks {

    static final int BLOCK = TarConstants.DEFAULT_RCDSIZE;

    private final InputStream in;
    private long offset;

    TarBlocks(InputStream in) {
        this.in = in;
    }

    /** Reads content, like {@link InputStream#read(byte[], int, int)}. */
    int read(byte[] b, int off, int len) throws IOException {
        int n = in.read(b, off, len);
        offset += Math.max(n, 0);
        return n;
    }

    /** Reads the rest of the current block. */
    byte[] readPadding() throws IOException {
        int length = (int) (-offset & (BLOCK - 1));
        byte[] padding = in.readNBytes(length);
        offset += padding.length;
        if (padding.length != length) {
            throw new MalformedArchiveException("archive is truncated after the content of an entry");
        }
        return padding;
    }

    /** Reads the next block; empty at the end of the stream. */
    byte[] readBlock() throws IOException {
        byte[] block = in.readNBytes(BLOCK);
        offset += block.length;
        if (block.length != 0 && block.length != BLOCK) {
            throw new MalformedArchiveException("archive is truncated within a header");
        }
        return block;
    }

    /** Reads the data of an extended header with its padding, at most {@code limit} bytes. */
    byte[] readData(long size, int limit) throws IOException {
        if (size < 0 || size > limit) {
            throw new ArchiveLimitException(
                    "archive has an extended header of " + size + " bytes, more than the limit of " + limit);
        }
        int padded = (int) ((size + BLOCK - 1) / BLOCK * BLOCK);
        byte[] data = in.readNBytes(padded);
        offset += data.length;
        if (data.length != padded) {
            throw new MalformedArchiveException("archive is truncated within an extended header");
        }
        return data;
    }

    static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    static void verifyChecksum(byte[] header) throws MalformedArchiveException {
        boolean good;
        try {
            good = TarUtils.verifyCheckSum(header);
        } catch (IllegalArgumentException e) {
            throw new MalformedArchiveException("archive has a header whose checksum is not a number", e);
        }
        if (!good) {
            throw new MalformedArchiveException(
                    "archive has a header whose checksum does not match; it is damaged or not a tar archive");
        }
    }

    static long size(byte[] header) throws MalformedArchiveException {
        try {
            return TarUtils.parseOctalOrBinary(header, 124, TarConstants.SIZELEN);
        } catch (IllegalArgumentException e) {
            throw new MalformedArchiveException("archive has a header whose size is not a number", e);
        }
    }

    static byte type(byte[] header) {
        return header[156];
    }

    /** Returns the bytes of a field up to its first NUL. */
    static byte[] text(byte[] header, int offset, int length) {
        int end = offset;
        while (end < offset + length && header[end] != 0) {
            end++;
        }
        return Arrays.copyOfRange(header, offset, end);
    }
}
