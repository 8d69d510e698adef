package dev.sluice.artifact.tree;

import java.io.IOException;
import java.nio.file.Path;

/** Trees from and to real directories. Stateless and thread-safe. */
public final class DirectoryTree {

    private DirectoryTree() {}

    /**
     * Indexes everything in {@code directory} but links and special files.
     *
     * @throws IOException as the longer form
     */
    public static FileTree read(Path directory) throws IOException {
        return read(directory, LinkPolicy.SKIP, PathFilter.NOTHING);
    }

    /**
     * Indexes {@code directory} without following links below it. Every file is read once for its digest; the tree's
     * blobs read the files again when they are opened, and fail if the content has changed since.
     *
     * @param filter what to leave out; an excluded directory is looked into all the same, since what is in it need not be
     *     excluded, unless the filter excludes that too
     * @throws java.nio.file.NotDirectoryException if {@code directory} is no directory
     * @throws UnsafePathException if a name cannot be in a tree, or a link or special file is there and is refused
     * @throws java.io.InterruptedIOException if the thread is interrupted; the interrupt flag stays set
     * @throws IOException if something cannot be read
     */
    public static FileTree read(Path directory, LinkPolicy links, PathFilter filter) throws IOException {
        return new DirectoryReader(directory, links, filter).read();
    }

    /**
     * Writes {@code tree} below {@code directory}, which is created if it is missing. Files get mode 0644, or 0755 if
     * executable, and directories 0755, less the process's umask. Existing directories stay as they are, existing files
     * are replaced, and nothing is removed. Links are never followed. Not atomic: a failure leaves what was written.
     *
     * @throws UnsafePathException if a link or special file stands where a directory or file is to be
     * @throws PathConflictException if a file stands where a directory is to be, or the reverse
     * @throws java.io.InterruptedIOException if the thread is interrupted; the interrupt flag stays set
     * @throws IOException if writing fails
     */
    public static void write(FileTree tree, Path directory) throws IOException {
        new DirectoryWriter(directory).write(tree);
    }
}
