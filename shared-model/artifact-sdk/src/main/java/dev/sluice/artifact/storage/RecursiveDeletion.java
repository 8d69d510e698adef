package dev.sluice.artifact.storage;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Deletes a directory with all its content. Deletes links without following them; tolerates files that are already
 * gone.
 */
final class RecursiveDeletion extends SimpleFileVisitor<Path> {

    private final Path directory;
    private final Path lock;
    private final WriteFence fence;

    RecursiveDeletion(Path directory, WriteFence fence) {
        this.directory = directory;
        this.lock = directory.resolve(StoredNames.LOCK);
        this.fence = fence;
    }

    void run() throws IOException {
        Files.walkFileTree(directory, this);
    }

    /** Deletes the lock file last: another process that creates a new one would not notice the deletion. */
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (!file.equals(lock)) {
            fence.check();
            Files.deleteIfExists(file);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
        if (e instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw e;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
        if (e != null) {
            throw e;
        }
        fence.check();
        if (visited.equals(directory)) {
            Files.deleteIfExists(lock);
        }
        Files.deleteIfExists(visited);
        return FileVisitResult.CONTINUE;
    }
}
