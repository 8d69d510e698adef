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
 * What is on a volume, as opposed to what should be: the directories {@code <kind>/<namespace>/<name>} that exist.
 * Links are not followed, and names that are never served are passed over. Thread-safe; what comes or goes during a
 * listing may or may not be in it.
 */
public final class StoredDirectories {

    /** No writer needs longer for one file. */
    static final Duration TEMP_FILE_TTL = Duration.ofHours(1);

    /** So that a volume gone mad can not exhaust the memory; the rest is seen when these are gone. */
    private static final int MAX_LISTED = 1_000_000;

    private final Path base;
    private final Clock clock;
    private final WriteFence fence;

    /**
     * Looks at the storage below a directory.
     *
     * @param base the storage path
     * @param clock for the age of temp files
     */
    public StoredDirectories(Path base, Clock clock) {
        this(base, clock, WriteFence.OPEN);
    }

    /**
     * Looks at the storage below a directory, for a process that may not always write.
     *
     * @param base the storage path
     * @param clock for the age of temp files
     * @param fence asked before each temp file is deleted
     */
    public StoredDirectories(Path base, Clock clock, WriteFence fence) {
        this.base = base;
        this.clock = clock;
        this.fence = fence;
    }

    /** The namespaces that have a directory of this kind, at most a million, in no order. */
    public List<String> namespaces(String kind) throws IOException {
        return directories(base.resolve(kind.toLowerCase(Locale.ROOT)));
    }

    /** The names that have a directory of this kind in the namespace, at most a million, in no order. */
    public List<String> names(String kind, String namespace) throws IOException {
        return directories(base.resolve(kind.toLowerCase(Locale.ROOT)).resolve(checked(namespace)));
    }

    /**
     * Deletes temp files over an hour old in one artifact directory: those of a process that was killed. Those of a
     * writer at work are younger.
     *
     * @return how many; none if there is no such directory
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
     * Deletes what a killed process has left of directories that it was about to remove, over an hour ago.
     *
     * @return how many; none if there is no such namespace
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
     * When the youngest file in one artifact directory was written, by the clock of the file system; one that is being
     * written counts too.
     *
     * @return empty if there is no such directory, or no file in it
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
