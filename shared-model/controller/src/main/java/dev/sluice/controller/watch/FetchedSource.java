package dev.sluice.controller.watch;

import dev.sluice.artifact.tree.FileTree;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The unpacked artifact of a source, in a directory of its own that {@link #close} deletes. Not thread-safe.
 *
 * @see SourceFetcher
 */
public final class FetchedSource implements AutoCloseable {

    private final Path work;
    private final Path directory;
    private final List<Path> entries;

    FetchedSource(Path work, Path directory, FileTree tree) {
        this.work = work;
        this.directory = directory;
        this.entries = tree.nodes().stream()
                .filter(node -> node.path().parent().isRoot())
                .map(node -> directory.resolve(node.path().toString()))
                .toList();
    }

    /** Returns the directory that contains the files. */
    public Path directory() {
        return directory;
    }

    /** Returns the top-level files and directories, ordered by the bytes of their names. */
    public List<Path> entries() {
        return entries;
    }

    /**
     * Deletes the directory and everything in it, including files added later. Deletes symbolic links without following
     * them. Idempotent.
     *
     * @throws IOException if something cannot be deleted; the remaining files stay
     */
    @Override
    public void close() throws IOException {
        delete(work);
    }

    static void delete(Path work) throws IOException {
        if (!Files.exists(work)) {
            return;
        }
        Files.walkFileTree(work, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
