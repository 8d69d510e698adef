package dev.sluice.artifact.storage;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Lists the directories {@code <kind>/<namespace>/<name>} that exist on a volume. Does not follow links and skips names
 * that are never served. Thread-safe; a listing may or may not include concurrent changes.
 */
public final class StoredDirectories {

    /** No writer needs longer for one file. */
    static final Duration TEMP_FILE_TTL = Duration.ofHours(1);

    /** Bounds the memory for an unexpectedly large volume; a later run handles the rest. */
    private static final int MAX_LISTED = 1_000_000;

    private final Path base;
    private final Clock clock;
    private final WriteFence fence;

    /**
     * Creates a view of the storage in a directory.
     *
     * @param base the storage path
     * @param clock clock for the age of temporary files
     */
    public StoredDirectories(Path base, Clock clock) {
        this(base, clock, WriteFence.OPEN);
    }

    /**
     * Creates a view of the storage in a directory, for a process that may write only at certain times.
     *
     * @param base the storage path
     * @param clock clock for the age of temporary files
     * @param fence checked before each temporary file is deleted
     */
    public StoredDirectories(Path base, Clock clock, WriteFence fence) {
        this.base = base;
        this.clock = clock;
        this.fence = fence;
    }

    /** Returns the namespaces with a directory for this kind, at most a million, unordered. */
    public List<String> namespaces(String kind) throws IOException {
        return directories(base.resolve(kind.toLowerCase(Locale.ROOT)));
    }

    /** Returns the names with a directory for this kind in the namespace, at most a million, unordered. */
    public List<String> names(String kind, String namespace) throws IOException {
        return directories(base.resolve(kind.toLowerCase(Locale.ROOT)).resolve(checked(namespace)));
    }

    /**
     * Deletes temporary files older than one hour in an artifact directory, left by killed processes. Files of active
     * writers are younger.
     *
     * @return number of deleted files; 0 if the directory does not exist
     */
    public int removeStaleTempFiles(String kind, String namespace, String name) throws IOException {
        Path directory = directory(kind, namespace, name);
        Instant oldest = clock.instant().minus(TEMP_FILE_TTL);
        int removed = 0;
        for (StoredFile file : new ArtifactDirectory(directory).files()) {
            if (file.kind() == StoredFile.Kind.TEMP && file.lastModified().isBefore(oldest)) {
                fence.check();
                removed += Files.deleteIfExists(directory.resolve(file.name())) ? 1 : 0;
            }
        }
        return removed;
    }

    /**
     * Deletes directories that a process was about to remove when it was killed more than one hour ago.
     *
     * @return number of deleted directories; 0 if the namespace does not exist
     */
    public int removeStaleDirectories(String kind, String namespace) throws IOException {
        Path parent = base.resolve(kind.toLowerCase(Locale.ROOT)).resolve(checked(namespace));
        Instant oldest = clock.instant().minus(TEMP_FILE_TTL);
        int removed = 0;
        for (Path directory : list(parent, StoredNames::isTemp)) {
            if (Files.getLastModifiedTime(directory, LinkOption.NOFOLLOW_LINKS)
                    .toInstant()
                    .isBefore(oldest)) {
                fence.check();
                new RecursiveDeletion(directory, fence).run();
                removed++;
            }
        }
        return removed;
    }

    /**
     * Returns the modification time of the newest file in an artifact directory, by the clock of the file system,
     * including files that are being written.
     *
     * @return empty if the directory does not exist or contains no file
     */
    public Optional<Instant> newestFile(String kind, String namespace, String name) throws IOException {
        return new ArtifactDirectory(directory(kind, namespace, name))
                .files().stream().map(StoredFile::lastModified).max(Comparator.naturalOrder());
    }

    private Path directory(String kind, String namespace, String name) {
        return base.resolve(kind.toLowerCase(Locale.ROOT))
                .resolve(checked(namespace))
                .resolve(checked(name));
    }

    private static String checked(String name) {
        return ArtifactAddresses.checked("name", name);
    }

    private static List<String> directories(Path parent) throws IOException {
        return list(parent, StoredNames::isServable).stream()
                .map(directory -> directory.getFileName().toString())
                .toList();
    }

    private static List<Path> list(Path parent, Predicate<String> name) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
            for (Path entry : entries) {
                if (name.test(entry.getFileName().toString()) && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    found.add(entry);
                }
                if (found.size() == MAX_LISTED) {
                    break;
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }
}
