package dev.sluice.artifact.archive;

import dev.sluice.artifact.tree.FileTree;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes trees as gzip-compressed tar archives in the format of published artifacts: entries in tree order, directory
 * names with a trailing slash, no entry for the root; user and group 0 without names, times at the epoch, modes 0750
 * for directories, 0700 for executable and 0600 for other files; ustar, with PAX headers only for names and sizes that
 * need them; one gzip member without name and time.
 *
 * <p>The same tree and level produce the same bytes for any number of threads, with the same version of the runtime's
 * zlib. Memory is bounded for any size of the tree. Stateless and thread-safe.
 */
public final class TarGzWriter {

    private TarGzWriter() {}

    /**
     * Writes {@code tree} with {@link ArchiveOptions#defaults()}.
     *
     * @throws IOException see {@link #write(FileTree, OutputStream, ArchiveOptions)}
     */
    public static void write(FileTree tree, OutputStream out) throws IOException {
        write(tree, out, ArchiveOptions.defaults());
    }

    /**
     * Writes {@code tree} to {@code out}, and flushes it without closing it. After a failure, the output is incomplete.
     *
     * @throws java.io.InterruptedIOException if the thread is interrupted; the interrupt flag stays set
     * @throws IOException if a blob cannot be read or has another size than declared, or if writing fails
     */
    public static void write(FileTree tree, OutputStream out, ArchiveOptions options) throws IOException {
        try (GzipOutput gzip = new GzipOutput(out, options)) {
            TarOutput tar = new TarOutput(gzip);
            for (FileTree.Node node : tree.nodes()) {
                tar.write(node);
            }
            tar.finish();
            gzip.finish();
        }
        out.flush();
    }
}
