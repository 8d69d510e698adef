package dev.sluice.launcher.source;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The file metadata of a directory at one point in time. Files are not read, so that frequent polling is cheap. */
final class DirectorySnapshot {

    private final Map<Path, Stamp> stamps;

    private DirectorySnapshot(Map<Path, Stamp> stamps) {
        this.stamps = stamps;
    }

    /** The metadata of a file. Directories have neither size nor time, because both change with their content. */
    private record Stamp(
            boolean directory,
            long size,
            @Nullable FileTime modified,
            @Nullable Object identity,
            boolean readable,
            boolean executable) {}

    /**
     * Takes a snapshot of all files below the directory except version control metadata.
     *
     * @throws IOException if the directory itself cannot be read; files that vanish during the scan are skipped
     */
    static DirectorySnapshot take(Path directory) throws IOException {
        Map<Path, Stamp> stamps = new HashMap<>();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
                if (dir.endsWith(".git")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                stamps.put(dir, new Stamp(true, 0, null, null, true, false));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                stamps.put(
                        file,
                        new Stamp(
                                false,
                                attributes.size(),
                                attributes.lastModifiedTime(),
                                attributes.fileKey(),
                                Files.isReadable(file),
                                Files.isExecutable(file)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (file.equals(directory)) {
                    throw e;
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return new DirectorySnapshot(stamps);
    }

    int size() {
        return stamps.size();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DirectorySnapshot snapshot && stamps.equals(snapshot.stamps);
    }

    @Override
    public int hashCode() {
        return stamps.hashCode();
    }
}
