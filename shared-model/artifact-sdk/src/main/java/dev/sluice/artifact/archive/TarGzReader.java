package dev.sluice.artifact.archive;

import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.BlobStore;
import dev.sluice.artifact.tree.DirectoryTree;
import dev.sluice.artifact.tree.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Reads gzip-compressed tar archives, including malicious ones.
 *
 * <p>Accepts directories and regular files with relative UTF-8 names, long names in PAX or GNU headers, global PAX
 * headers (ignored), several gzip members, zero padding, and a missing end marker. Of the mode, only the executable bit
 * is used. If several entries have the same name, the last one wins.
 *
 * <p>Refuses, with an error that names the entry: names that are empty, absolute, not UTF-8, or contain a backslash, a
 * NUL or {@code ../}; hard links, devices, fifos and sparse files; paths that are both a file and a directory; input
 * that is not gzip, damaged or truncated. {@link UnpackOptions} determines how to handle symbolic links and trailing
 * bytes, and the limits.
 *
 * <p>Memory is bounded by the number of entries and the length of their names, both of which are limited, and never
 * depends on sizes that a header claims. Stateless and thread-safe.
 */
public final class TarGzReader {

    private TarGzReader() {}

    /**
     * Unpacks an archive from {@code gzip}, without closing it, into a directory, which is created if necessary. Reads
     * the whole archive first: if it is refused, the directory is unchanged. {@link DirectoryTree#write} describes how
     * existing files are handled, and the modes of new ones. Until it returns, needs disk space for twice the content.
     *
     * @throws dev.sluice.artifact.tree.UnsafePathException if an entry's name is not allowed, or a link exists at the
     *     path of an entry
     * @throws IOException see {@link #index} and {@link DirectoryTree#write}
     */
    public static void unpack(InputStream gzip, Path directory, UnpackOptions options) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
        }
        try (SpoolFile spool = SpoolFile.create(directory.resolve(".unpack-" + UUID.randomUUID()))) {
            spool.unlink();
            DirectoryTree.write(index(gzip, spool, options), directory);
        }
    }

    /**
     * Reads an archive from {@code gzip}, without closing it, and appends the content of its files to {@code spool},
     * which must stay open while the tree's content is read. No file gets a name from the archive. After a failure, the
     * spool may contain the content of earlier entries.
     *
     * @throws dev.sluice.artifact.tree.UnsafePathException if an entry's name is not allowed
     * @throws dev.sluice.artifact.tree.PathConflictException if a path is both a file and a directory
     * @throws MalformedArchiveException if the input is not gzip or tar, is damaged or truncated, or contains an entry
     *     of a kind that is not allowed (links, devices, fifos, sparse files)
     * @throws ArchiveLimitException if the archive exceeds the limits in {@code options}
     * @throws java.io.InterruptedIOException if the thread is interrupted; the interrupt flag stays set
     * @throws IOException if reading the stream or writing the spool fails
     */
    public static FileTree index(InputStream gzip, SpoolFile spool, UnpackOptions options) throws IOException {
        return index(gzip, spool, options, IndexListener.NONE);
    }

    /**
     * Like {@link #index(InputStream, SpoolFile, UnpackOptions)}, for a caller that limits the resources of an archive.
     *
     * @param store receives the content of the files
     * @param listener called before each entry is added; aborts reading by throwing an exception
     * @throws IOException see the other form; also if the store or the listener throws one
     */
    public static FileTree index(InputStream gzip, BlobStore store, UnpackOptions options, IndexListener listener)
            throws IOException {
        try (ReadAheadGunzip content = ReadAheadGunzip.start(gzip)) {
            TarIndexer indexer = new TarIndexer(content, store, options, listener);
            FileTree tree = indexer.index();
            new ArchiveTail(content, options.trailing()).check();
            return tree;
        }
    }
}
