package dev.sluice.server.volume;

import dev.sluice.artifact.storage.StoredNames;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts the artifacts below a directory; skips unreadable files and directories. */
final class VolumeCount extends SimpleFileVisitor<Path> {

    private static final int MAX_ENTRIES = 1_000_000;

    private final Path base;

    private long entries;
    private long artifacts;
    private long bytes;
    private long failures;
    private @Nullable IOException firstFailure;

    VolumeCount(Path base) {
        this.base = base;
    }

    long artifacts() {
        return artifacts;
    }

    long bytes() {
        return bytes;
    }

    /** Number of files and directories that could not be read, or not completely. */
    long failures() {
        return failures;
    }

    Optional<IOException> firstFailure() {
        return Optional.ofNullable(firstFailure);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        boolean served = directory.equals(base)
                || StoredNames.isServable(directory.getFileName().toString());
        return served ? next() : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile()
                && StoredNames.isServable(file.getFileName().toString())) {
            artifacts++;
            bytes += attributes.size();
        }
        return next();
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
        return skip(file, e);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
        return e == null ? FileVisitResult.CONTINUE : skip(directory, e);
    }

    /** A file that was garbage collected meanwhile is not a failure. The base directory must exist. */
    private FileVisitResult skip(Path path, IOException e) throws IOException {
        if (path.equals(base)) {
            throw e;
        }
        if (!(e instanceof NoSuchFileException)) {
            failures++;
            firstFailure = firstFailure == null ? e : firstFailure;
        }
        return next();
    }

    private FileVisitResult next() {
        return ++entries < MAX_ENTRIES && !Thread.currentThread().isInterrupted()
                ? FileVisitResult.CONTINUE
                : FileVisitResult.TERMINATE;
    }
}
