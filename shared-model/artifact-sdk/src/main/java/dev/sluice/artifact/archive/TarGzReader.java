package dev.sluice.artifact.archive;

import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.FileTree;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads gzip-compressed tar archives into trees. The content goes to a spool file; nothing is ever written under a name
 * that an archive chose. What an archive may hold is in the specification's section Unpack: directories and regular files
 * with relative UTF-8 names; of the mode only the executable bit counts; of several entries of one name the last counts.
 *
 * <p>Memory is bounded by the number of entries and the length of their names, both limited, and never by what a header
 * claims. Stateless and thread-safe.
 */
public final class TarGzReader {

    private TarGzReader() {}

    /**
     * Reads one archive from {@code gzip}, without closing it, and appends the content of its files to {@code spool}.
     * After a failure the spool may hold content of entries that came before.
     *
     * @throws dev.sluice.artifact.tree.UnsafePathException if an entry's name is refused
     * @throws dev.sluice.artifact.tree.PathConflictException if an entry is a file where another is a directory
     * @throws MalformedArchiveException if the bytes are not gzip or tar, are damaged or cut short, or hold an entry of a
     *     kind that is refused (links, devices, fifos, sparse files)
     * @throws ArchiveLimitException if the archive has more bytes or entries than {@code options} allows
     * @throws IOException if reading the stream or writing the spool fails
     */
    public static FileTree index(InputStream gzip, SpoolFile spool, UnpackOptions options) throws IOException {
        try (GunzipAhead content = GunzipAhead.start(gzip)) {
            TarIndexer indexer = new TarIndexer(content, spool, options);
            FileTree tree = indexer.index();
            new ArchiveTail(content, options.trailing()).check();
            return tree;
        }
    }
}
