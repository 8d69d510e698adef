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
 * Takes a directory out of the way under a hidden name before it is asked for the last time whether anybody wants it, and
 * puts it back if so. A writer that publishes meanwhile, and looks for its file afterwards, either finds it gone and
 * writes it again, or keeps it: no lock is needed for that.
 */
final class DirectoryRemoval {

    private final Path directory;
    private final WriteFence fence;

    DirectoryRemoval(Path directory, WriteFence fence) {
        this.directory = directory;
        this.fence = fence;
    }

    /** Removes the directory, or puts it back; tells whether it was removed. */
    boolean run(Instant now, RemovalCheck check) throws IOException {
        fence.check();
        Path aside = directory.resolveSibling(StoredNames.newTemp());
        Files.setLastModifiedTime(directory, FileTime.from(now)); // by which one that a killed process left is judged
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

    /** Somebody may have made the directory again: what it holds is newer. */
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
