package dev.sluice.artifact.storage;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/**
 * Removes a directory after moving it to a hidden name and checking that it is still unwanted; otherwise moves it back.
 * A writer that publishes concurrently and afterwards checks for its file either finds it missing and writes it again,
 * or keeps it. This works without a lock.
 */
final class DirectoryRemoval {

    private final Path directory;
    private final WriteFence fence;

    DirectoryRemoval(Path directory, WriteFence fence) {
        this.directory = directory;
        this.fence = fence;
    }

    /** Removes the directory or moves it back; returns whether it was removed. */
    boolean run(Instant now, RemovalCheck check) throws IOException {
        fence.check();
        Path aside = directory.resolveSibling(StoredNames.newTemp());
        // The time determines when it counts as left by a killed process.
        Files.setLastModifiedTime(directory, FileTime.from(now));
        Files.move(directory, aside, StandardCopyOption.ATOMIC_MOVE);
        boolean unwanted = false;
        try {
            unwanted = check.isUnwanted();
        } finally {
            if (!unwanted) {
                putBack(aside);
            }
        }
        if (unwanted) {
            new RecursiveDeletion(aside, fence).run();
        }
        return unwanted;
    }

    /** Another process may have created the directory again: its files are newer and are kept. */
    private void putBack(Path aside) throws IOException {
        try {
            Files.move(aside, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException madeAgain) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(aside)) {
                for (Path entry : entries) {
                    Path target = directory.resolve(entry.getFileName());
                    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                        Files.move(entry, target, StandardCopyOption.ATOMIC_MOVE);
                    }
                }
            }
            new RecursiveDeletion(aside, fence).run();
        }
    }
}
