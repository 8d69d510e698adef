package dev.sluice.artifact.tree;

import java.io.IOException;
import java.nio.file.Path;

/** Reads trees from directories and writes trees to directories. Stateless and thread-safe. */
public final class DirectoryTree {

    private DirectoryTree() {}

    /**
     * Indexes all directories and regular files in {@code directory}; skips links and special files.
     *
     * @throws IOException see {@link #read(Path, LinkPolicy, PathFilter)}
     */
    public static FileTree read(Path directory) throws IOException {
        return read(directory, LinkPolicy.SKIP, PathFilter.NOTHING);
    }

    /**
     * Indexes {@code directory} without following links below it. Reads each file once for its digest; the tree's blobs
     * read the files again when they are opened, and fail if the content has changed.
     *
     * @param filter selects paths to exclude; the reader still visits an excluded directory and asks the filter about
     *     its entries
     * @throws java.nio.file.NotDirectoryException if {@code directory} is not a directory
     * @throws UnsafePathException if a name is not valid in a tree, or for a link or special file if the policy refuses
     *     them
     * @throws java.io.InterruptedIOException if the thread is interrupted; the interrupt flag stays set
     * @throws IOException if reading fails
     */
    public static FileTree read(Path directory, LinkPolicy links, PathFilter filter) throws IOException {
        return new DirectoryReader(directory, links, filter).read();
    }

    /**
     * Writes {@code tree} to {@code directory}, which is created if necessary. Files get mode 0644, or 0755 if
     * executable, and directories 0755, reduced by the umask. Existing directories are kept, existing files are
     * replaced, and nothing is removed. Links are never followed. Not atomic: a failure leaves the files written so
     * far.
     *
     * @throws UnsafePathException if a link or special file exists at the path of an entry
     * @throws PathConflictException if a file exists at the path of a directory, or the reverse
     * @throws java.io.InterruptedIOException if the thread is interrupted; the interrupt flag stays set
     * @throws IOException if writing fails
     */
    public static void write(FileTree tree, Path directory) throws IOException {
        new DirectoryWriter(directory).write(tree);
    }
}
