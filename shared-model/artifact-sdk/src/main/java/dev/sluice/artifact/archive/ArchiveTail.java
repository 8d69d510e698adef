package dev.sluice.artifact.archive;

import java.io.IOException;

/** What follows the end of a tar archive inside, and after, its gzip file. */
record ArchiveTail(ReadAheadGunzip content, TrailingBytes policy) {

    private static final int BUFFER_BYTES = 16 * 1024;

    /** Real padding is at most a few blocks; looking on for ever would be a way to keep a reader busy. */
    private static final long MAX_TAIL_BYTES = 64L << 20;

    /**
     * Reads on to see that the gzip data are whole: to the end of the member that holds the archive's end or, if
     * trailing bytes are refused, to the end of the file, which must hold zeros only.
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
                throw new MalformedArchiveException("archive has bytes after its end, which are refused here");
            }
        }
    }
}
