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
 * The unpacked artifact of a source, in a directory of its own until this is closed. Not thread-safe.
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

    /** Where the files are. */
    public Path directory() {
        return directory;
    }

    /** The files and directories at the top, in the order of their names' bytes. */
    public List<Path> entries() {
        return entries;
    }

    /**
     * Deletes the directory and whatever was added to it; links are deleted, not followed. Idempotent.
     *
     * @throws IOException if something cannot be deleted; the rest stays
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
