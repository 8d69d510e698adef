package dev.sluice.artifact.archive;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The content of one file in an archive; counts the bytes read. */
final class EntryContent extends InputStream {

    private final String name;
    private final TarArchiveInputStream tar;
    private final TarIndexer indexer;

    EntryContent(String name, TarArchiveInputStream tar, TarIndexer indexer) {
        this.name = name;
        this.tar = tar;
        this.indexer = indexer;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        int n = tar.read(b, off, len);
        if (n > 0) {
            indexer.countBytes(name, n);
        }
        return n;
    }
}
