package dev.sluice.artifact.storage;

import dev.sluice.artifact.concurrent.Interruption;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of one object's artifacts. A missing directory counts as empty. */
record ArtifactDirectory(Path path) {

    /** Bounds the memory for an unexpectedly large directory; the next run handles the rest. */
    private static final int MAX_LISTED = 100_000;

    boolean exists() {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Lists regular files, except lock files, and temporary links of a killed process; no other links, no directories.
     */
    List<StoredFile> files() throws IOException {
        List<StoredFile> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                Interruption.check();
                storedFile(entry).ifPresent(files::add);
                if (files.size() == MAX_LISTED) {
                    break;
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return files;
    }

    private static Optional<StoredFile> storedFile(Path entry) throws IOException {
        String name = entry.getFileName().toString();
        if (name.endsWith(StoredNames.LOCK_SUFFIX)) {
            return Optional.empty();
        }
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            StoredFile.Kind kind = StoredNames.isTemp(name) ? StoredFile.Kind.TEMP : StoredFile.Kind.ARTIFACT;
            boolean collectable =
                    attributes.isRegularFile() || (kind == StoredFile.Kind.TEMP && attributes.isSymbolicLink());
            return collectable
                    ? Optional.of(
                            new StoredFile(name, attributes.lastModifiedTime().toInstant(), kind))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            // a temporary file was renamed, or another process collects garbage
            return Optional.empty();
        }
    }

    /** Deletes a file and its lock file, which the Go implementation creates. */
    Path delete(String name) throws IOException {
        Path file = path.resolve(name);
        Files.deleteIfExists(file);
        Files.deleteIfExists(path.resolve(name + StoredNames.LOCK_SUFFIX));
        return file;
    }
}
