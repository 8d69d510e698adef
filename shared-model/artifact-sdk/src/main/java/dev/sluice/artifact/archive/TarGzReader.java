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
 * Reads gzip-compressed tar archives, which may be hostile.
 *
 * <p>Accepted: directories and regular files with relative UTF-8 names, long ones by PAX or GNU headers too; global PAX
 * headers, which are skipped; several gzip members; zero padding; a missing end marker. Of the mode only the executable
 * bit counts; of several entries of one name the last counts.
 *
 * <p>Refused, with an error that names the entry: a name that is empty, absolute, not UTF-8, or has a backslash, a NUL or
 * {@code ../}; hard links, devices, fifos and sparse files; a file where a directory is, or the reverse; a stream that is
 * no gzip, damaged or cut short. {@link UnpackOptions} decides about symbolic links, bytes after the end, and limits.
 *
 * <p>Memory is bounded by the number of entries and the length of their names, both limited, and never by what a header
 * claims. Stateless and thread-safe.
 */
public final class TarGzReader {

    private TarGzReader() {}

    /**
     * Unpacks one archive from {@code gzip}, without closing it, into a directory, which is created if it is missing.
     * The archive is read to its end first: one that is refused leaves the directory as it was. What happens to the files
     * in the directory, and with which modes the new ones are made, is said at {@link DirectoryTree#write}. Needs room for
     * the content twice until it returns.
     *
     * @throws dev.sluice.artifact.tree.UnsafePathException if an entry's name is refused, or a link stands where a file
     *     or directory is to be
     * @throws IOException as {@link #index} and {@link DirectoryTree#write}
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
     * Reads one archive from {@code gzip}, without closing it, and appends the content of its files to {@code spool},
     * which must stay open as long as the tree's content is read. Nothing is written under a name that the archive chose.
     * After a failure the spool may hold content of entries that came before.
     *
     * @throws dev.sluice.artifact.tree.UnsafePathException if an entry's name is refused
     * @throws dev.sluice.artifact.tree.PathConflictException if an entry is a file where another is a directory
     * @throws MalformedArchiveException if the bytes are not gzip or tar, are damaged or cut short, or hold an entry of a
     *     kind that is refused (links, devices, fifos, sparse files)
     * @throws ArchiveLimitException if the archive has more bytes or entries than {@code options} allows
     * @throws java.io.InterruptedIOException if the thread is interrupted; the interrupt flag is set again
     * @throws IOException if reading the stream or writing the spool fails
     */
    public static FileTree index(InputStream gzip, SpoolFile spool, UnpackOptions options) throws IOException {
        return index(gzip, spool, options, IndexListener.NONE);
    }

    /**
     * As {@link #index(InputStream, SpoolFile, UnpackOptions)}, for a caller that accounts for what an archive costs.
     *
     * @param store gets the content of the files
     * @param listener told of each entry before it is added; ends the reading by throwing
     * @throws IOException as there, and what the store and the listener throw
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
