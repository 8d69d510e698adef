package dev.sluice.artifact.archive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Extracts the raw path from the records of a PAX header, each {@code <length> <key>=<value>\n}. */
final class PaxRecords {

    private static final int MAX_LENGTH_DIGITS = 9;
    private static final String SPARSE_PREFIX = "GNU.sparse.";

    private final byte[] data;
    private final int end;
    private int position;
    private byte @Nullable [] path;

    private PaxRecords(byte[] data, int size) {
        this.data = data;
        this.end = size;
    }

    /**
     * Returns the bytes of the last {@code path} record; null if there is none or if it is empty, which revokes it.
     *
     * @throws MalformedArchiveException if a record is malformed or describes a sparse file
     */
    static byte @Nullable [] path(byte[] data, int size) throws MalformedArchiveException {
        PaxRecords records = new PaxRecords(data, size);
        while (records.position < records.end) {
            records.readRecord();
        }
        return records.path;
    }

    private void readRecord() throws MalformedArchiveException {
        int start = position;
        int recordEnd = start + readLength();
        int equals = indexOf((byte) '=', position, recordEnd);
        if (recordEnd > end || recordEnd <= equals || equals <= position || data[recordEnd - 1] != '\n') {
            throw malformed();
        }
        String key = new String(data, position, equals - position, StandardCharsets.ISO_8859_1);
        if (key.startsWith(SPARSE_PREFIX)) {
            throw new MalformedArchiveException(
                    "archive contains a sparse file, which is not allowed; create it without --sparse");
        }
        if (key.equals("path")) {
            byte[] value = Arrays.copyOfRange(data, equals + 1, recordEnd - 1);
            path = value.length == 0 ? null : value;
        }
        position = recordEnd;
    }

    private int readLength() throws MalformedArchiveException {
        int length = 0;
        int digits = 0;
        while (position < end && data[position] >= '0' && data[position] <= '9' && digits < MAX_LENGTH_DIGITS) {
            length = 10 * length + data[position] - '0';
            position++;
            digits++;
        }
        if (digits == 0 || position == end || data[position] != ' ') {
            throw malformed();
        }
        position++;
        return length;
    }

    private int indexOf(byte wanted, int from, int to) {
        for (int i = from; i < Math.min(to, end); i++) {
            if (data[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static MalformedArchiveException malformed() {
        return new MalformedArchiveException("archive has a malformed PAX record");
    }
}
