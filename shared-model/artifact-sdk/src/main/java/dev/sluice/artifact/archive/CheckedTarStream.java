package dev.sluice.artifact.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/**
 * Validates the headers of a tar stream before commons-compress reads them. That reader holds extended headers of any
 * size in memory, follows chains of them recursively, replaces invalid UTF-8, drops a leading slash, applies global
 * headers to all later entries and treats a partial header as the end. This stream limits the size of each header,
 * allows each kind once per entry, keeps the raw name and omits global headers. It passes everything else on unchanged.
 *
 * <p>{@link #beginEntry} reads all headers of an entry at once; the content is passed through.
 */
final class CheckedTarStream extends InputStream {

    /** Limit for one extended header, a hundred times the longest path. */
    private static final int MAX_EXTENDED_HEADER_BYTES = 1 << 20;

    private static final int NAME_LENGTH = 100;
    private static final int PREFIX_OFFSET = 345;
    private static final int PREFIX_LENGTH = 155;
    private static final int STAR_PREFIX_LENGTH = 131;

    private final TarBlocks blocks;
    private long remainingExtendedBytes;
    private byte[] headers = new byte[0];
    private int headersRead;
    private boolean ended;
    private byte type;
    private byte @Nullable [] paxName;
    private byte @Nullable [] gnuName;
    private boolean hasPax;
    private boolean hasLongLink;
    private byte[] name = new byte[0];

    /** {@code maxExtendedBytes} limits the total size of all extended headers. */
    CheckedTarStream(InputStream tar, long maxExtendedBytes) {
        this.blocks = new TarBlocks(tar);
        this.remainingExtendedBytes = maxExtendedBytes;
    }

    /**
     * Reads the headers of the next entry. The content of the previous entry must have been read to its end.
     *
     * @throws MalformedArchiveException if the headers are damaged or not allowed
     * @throws IOException if reading fails
     */
    void beginEntry() throws IOException {
        paxName = null;
        gnuName = null;
        hasPax = false;
        hasLongLink = false;
        ByteArrayOutputStream passedOn = new ByteArrayOutputStream(2 * TarBlocks.BLOCK);
        passedOn.writeBytes(blocks.readPadding());
        readHeaders(passedOn);
        headers = passedOn.toByteArray();
        headersRead = 0;
    }

    /** Returns the raw name of the current entry: from the PAX header, the GNU header, or the entry's own header. */
    byte[] name() {
        return name;
    }

    /** Returns the type flag of the current entry. */
    byte type() {
        return type;
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
        if (headersRead < headers.length) {
            int n = Math.min(len, headers.length - headersRead);
            System.arraycopy(headers, headersRead, b, off, n);
            headersRead += n;
            return n;
        }
        int n = ended ? -1 : blocks.read(b, off, len);
        if (n < 0 && !ended) {
            throw MalformedArchiveException.entry(new String(name, StandardCharsets.UTF_8), "is truncated");
        }
        return n;
    }

    private void readHeaders(ByteArrayOutputStream passedOn) throws IOException {
        boolean extended;
        do {
            byte[] header = blocks.readBlock();
            if (header.length == 0 || TarBlocks.isZero(header)) {
                if (hasPax || hasLongLink || gnuName != null) {
                    throw new MalformedArchiveException("archive is truncated: no entry follows an extended header");
                }
                ended = true;
                return;
            }
            extended = readHeader(header, passedOn);
        } while (extended);
    }

    /** Returns whether another header follows for the same entry. */
    private boolean readHeader(byte[] header, ByteArrayOutputStream passedOn) throws IOException {
        switch (TarBlocks.type(header)) {
            case TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER -> readData(header);
            case TarConstants.LF_PAX_EXTENDED_HEADER_LC, TarConstants.LF_PAX_EXTENDED_HEADER_UC -> {
                refuseSecond(hasPax);
                hasPax = true;
                byte[] data = readData(header);
                paxName = PaxRecords.path(data, (int) TarBlocks.size(header));
                passOn(passedOn, header, data);
            }
            case TarConstants.LF_GNUTYPE_LONGNAME -> {
                refuseSecond(gnuName != null);
                byte[] data = readData(header);
                gnuName = withoutTrailingNuls(data, (int) TarBlocks.size(header));
                passOn(passedOn, header, data);
            }
            case TarConstants.LF_GNUTYPE_LONGLINK -> {
                refuseSecond(hasLongLink);
                hasLongLink = true;
                readData(header);
            }
            default -> {
                type = TarBlocks.type(header);
                name = paxName != null ? paxName : gnuName != null ? gnuName : headerName(header);
                passedOn.writeBytes(header);
                return false;
            }
        }
        return true;
    }

    private byte[] readData(byte[] header) throws IOException {
        TarBlocks.verifyChecksum(header);
        byte[] data = blocks.readData(TarBlocks.size(header), MAX_EXTENDED_HEADER_BYTES);
        remainingExtendedBytes -= TarBlocks.BLOCK + data.length;
        if (remainingExtendedBytes < 0) {
            throw new ArchiveLimitException(
                    "archive has too many or too long extended headers for the limit on entries");
        }
        return data;
    }

    private static void passOn(ByteArrayOutputStream passedOn, byte[] header, byte[] data) {
        passedOn.writeBytes(header);
        passedOn.writeBytes(data);
    }

    private static void refuseSecond(boolean seen) throws MalformedArchiveException {
        if (seen) {
            throw new MalformedArchiveException("archive has two extended headers of the same kind for one entry");
        }
    }

    private static byte[] withoutTrailingNuls(byte[] data, int size) {
        int length = size;
        while (length > 0 && data[length - 1] == 0) {
            length--;
        }
        return Arrays.copyOf(data, length);
    }

    private static byte[] headerName(byte[] header) {
        byte[] name = TarBlocks.text(header, 0, NAME_LENGTH);
        byte[] prefix = isPosix(header) ? TarBlocks.text(header, PREFIX_OFFSET, prefixLength(header)) : new byte[0];
        if (prefix.length == 0) {
            return name;
        }
        byte[] joined = Arrays.copyOf(prefix, prefix.length + 1 + name.length);
        joined[prefix.length] = '/';
        System.arraycopy(name, 0, joined, prefix.length + 1, name.length);
        return joined;
    }

    /** GNU tar, whose magic ends in a space, uses the prefix field for other data. */
    private static boolean isPosix(byte[] header) {
        return Arrays.equals(header, 257, 263, new byte[] {'u', 's', 't', 'a', 'r', 0}, 0, 6);
    }

    /** The star format stores times in the last bytes of the prefix. */
    private static int prefixLength(byte[] header) {
        boolean star = Arrays.equals(header, 508, 512, new byte[] {'t', 'a', 'r', 0}, 0, 4);
        return star ? STAR_PREFIX_LENGTH : PREFIX_LENGTH;
    }
}
