package dev.sluice.artifact.archive;

import java.io.IOException;

/** Checks what follows the end marker of a tar archive, inside and after its gzip data. */
record ArchiveTail(ReadAheadGunzip content, TrailingBytes policy) {

    private static final int BUFFER_BYTES = 16 * 1024;

    /** Usual padding is at most a few blocks; the limit prevents an endless read. */
    private static final long MAX_TAIL_BYTES = 64L << 20;

    /**
     * Verifies that the gzip data are complete: reads to the end of the member with the end marker or, if trailing
     * bytes are refused, to the end of the file, which must contain only zeros.
     */
    void check() throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long seen = 0;
        while (seen <= MAX_TAIL_BYTES) {
            int n = policy == TrailingBytes.IGNORE ? content.readMember(buffer) : content.read(buffer);
            if (n < 0) {
                return;
            }
            seen += n;
            refuseContent(buffer, n);
        }
        if (policy == TrailingBytes.REFUSE) {
            throw new ArchiveLimitException("archive has more than " + MAX_TAIL_BYTES + " bytes of padding at its end");
        }
    }

    private void refuseContent(byte[] buffer, int length) throws MalformedArchiveException {
        if (policy == TrailingBytes.IGNORE) {
            return;
        }
        for (int i = 0; i < length; i++) {
            if (buffer[i] != 0) {
                throw new MalformedArchiveException("archive has trailing bytes after its end");
            }
        }
    }
}
