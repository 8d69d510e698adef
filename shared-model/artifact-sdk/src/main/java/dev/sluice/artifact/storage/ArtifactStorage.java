package dev.sluice.artifact.storage;

import dev.sluice.artifact.ignore.SourceIgnore;
import dev.sluice.artifact.tree.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The files of artifacts in a base directory, with the layout {@code <kind>/<namespace>/<name>/<file>}.
 *
 * <p>Every file is written by atomic rename: readers see either the whole file or none, even after a crash or a power
 * failure. An intact file is never replaced. Operations that write or collect garbage take the lock of the artifact's
 * directory, and wait for it for at most {@value #LOCK_SECONDS} seconds; {@link #withLock} holds it for several
 * operations. Reading, verifying and {@link #remove} take no lock, because a name always refers to a whole file.
 *
 * <p>Artifacts come from objects that others may have written, so every path is validated. A path that leads outside
 * the base directory, even through a link, is refused with {@link dev.sluice.artifact.tree.UnsafePathException}.
 * Thread-safe; several processes may share the directory.
 */
public final class ArtifactStorage {

    private static final int LOCK_SECONDS = 60;
    private static final int LOCK_ATTEMPTS = 10;
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(LOCK_SECONDS);

    private final ArtifactPaths paths;
    private final ArtifactAddresses addresses;
    private final FileModes modes;
    private final ArtifactWriter writer;
    private final ArtifactRemoval removal;
    private final WriteFence fence;

    /**
     * Opens the storage without writing anything.
     *
     * @param clock clock for last update times and the age of garbage
     * @throws UncheckedIOException if the base directory cannot be resolved
     */
    public ArtifactStorage(StorageOptions options, Clock clock) {
        this(options, clock, WriteFence.OPEN);
    }

    /**
     * Opens the storage for a process that may write only at certain times; does not write anything.
     *
     * @param fence checked before a file gets its final name and before each file is deleted
     * @throws UncheckedIOException if the base directory cannot be resolved
     */
    public ArtifactStorage(StorageOptions options, Clock clock, WriteFence fence) {
        this.paths = new ArtifactPaths(realPath(options.basePath()));
        this.addresses = new ArtifactAddresses(options.advertisedAddress());
        this.modes = FileModes.of(options.groupReadable());
        this.writer = new ArtifactWriter(options.digestAlgorithm(), modes, clock, fence);
        this.removal = new ArtifactRemoval(
                new GarbagePolicy(options.retentionTtl(), options.retentionRecords()), clock, fence);
        this.fence = fence;
    }

    private static Path realPath(Path base) {
        try {
            return base.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open storage path '" + base + "'", e);
        }
    }

    /**
     * Returns {@code <kind in lower case>/<namespace>/<name>}.
     *
     * @throws IllegalArgumentException see {@link #artifactPath}
     */
    public static String artifactDir(String kind, String namespace, String name) {
        return ArtifactAddresses.directory(kind, namespace, name);
    }

    /**
     * Returns {@code <kind in lower case>/<namespace>/<name>/<file>}.
     *
     * @throws IllegalArgumentException if a part is not a valid name, see {@link StoredNames#isServable}
     */
    public static String artifactPath(String kind, String namespace, String name, String fileName) {
        return ArtifactAddresses.file(kind, namespace, name, fileName);
    }

    /**
     * Creates an artifact of an object with path and URL; its file must then be written.
     *
     * @throws IllegalArgumentException see {@link #artifactPath}
     */
    public Artifact newArtifact(String kind, String namespace, String name, String revision, String fileName) {
        String path = artifactPath(kind, namespace, name, fileName);
        return Artifact.of(path, addresses.url(path), revision);
    }

    /**
     * Creates an artifact of an object with revision and file name derived from its content, {@code
     * latest@sha256:<content hash>} and {@code <content hash>.tar.gz}: the same tree always has the same revision. Its
     * file must then be written.
     *
     * @param tree the tree to archive, already filtered
     * @throws IllegalArgumentException see {@link #artifactPath}
     */
    public Artifact newArtifact(String kind, String namespace, String name, FileTree tree) {
        String hash = tree.contentHash().hex();
        return newArtifact(kind, namespace, name, "latest@sha256:" + hash, hash + ".tar.gz");
    }

    /** Returns the artifact with the URL of its path at the advertised address. */
    public Artifact setUrl(Artifact artifact) {
        return artifact.withUrl(addresses.url(artifact.path()));
    }

    /**
     * Replaces host, port and credentials of a URL with the advertised address.
     *
     * @throws IllegalArgumentException if the URL has no scheme or host
     */
    public String setHostname(String url) {
        return addresses.withAdvertisedHost(url);
    }

    /**
     * Returns the path of the artifact's file, which need not exist.
     *
     * @throws dev.sluice.artifact.tree.UnsafePathException if the path is absolute, contains {@code ..} or a hidden
     *     name, or leads through a link
     */
    public Path localPath(Artifact artifact) throws IOException {
        return paths.file(artifact);
    }

    /**
     * Creates the artifact's directory and its parents, and corrects the modes of existing ones. Idempotent; checks the
     * fence.
     *
     * @throws IOException if a file or link has the name of one of the directories, or a directory cannot be created
     */
    public Path makeDirectory(Artifact artifact) throws IOException {
        Path directory = Objects.requireNonNull(paths.file(artifact).getParent());
        fence.check();
        modes.makeDirectories(paths.base(), directory);
        return directory;
    }

    /**
     * Stores a tree as tar.gz. Keeps an existing file, and uses its digest, if it has the artifact's digest, or if the
     * artifact has no digest and the file contains the same tree.
     *
     * @return the artifact with digest, size and last update time of the stored file
     * @throws IOException if writing fails; the existing file is unchanged then
     */
    public Artifact archive(Artifact artifact, FileTree tree) throws IOException {
        return withLock(artifact, () -> writer.archive(artifact, paths.file(artifact), tree));
    }

    /**
     * Stores a directory as tar.gz, without files that the filter excludes, links and special files.
     *
     * @return see {@link #archive(Artifact, FileTree)}
     * @throws IOException if reading or writing fails
     */
    public Artifact archive(Artifact artifact, Path directory, SourceIgnore filter) throws IOException {
        return archive(artifact, filter.read(directory));
    }

    /**
     * Stores the content of a stream; reads it to its end without closing it. If the existing file has the artifact's
     * digest, keeps it and does not read the stream.
     *
     * @return the artifact with digest, size and last update time of the stored file
     * @throws IOException if reading or writing fails; the existing file is unchanged then
     */
    public Artifact copy(Artifact artifact, InputStream content) throws IOException {
        return withLock(artifact, () -> writer.write(artifact, paths.file(artifact), content::transferTo));
    }

    /**
     * Stores the content of a stream like {@link #copy}, with the given file permissions instead of those of the
     * storage.
     *
     * @param permissions exact permissions, independent of the umask; without OWNER_READ the file cannot be verified
     *     later
     * @throws IOException see {@link #copy}
     */
    public Artifact write(Artifact artifact, InputStream content, Set<PosixFilePermission> permissions)
            throws IOException {
        ArtifactWriter permitting = writer.withFilePermissions(permissions);
        return withLock(artifact, () -> permitting.write(artifact, paths.file(artifact), content::transferTo));
    }

    /**
     * Stores a copy of a file, like {@link #copy}.
     *
     * @throws NoSuchFileException if the file does not exist; the stored file is unchanged then
     */
    public Artifact copyFromPath(Artifact artifact, Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return copy(artifact, content);
        }
    }

    /**
     * Unpacks the artifact, after verifying it if it has a digest, and moves the file or directory at the sub-path to
     * the destination.
     *
     * @param subPath path of a file or directory in the artifact; empty, {@code .} or {@code /} for the whole artifact
     * @param destination must not exist, or be an empty directory; its parents are created
     * @throws ArtifactNotFoundException if the artifact's file does not exist
     * @throws NoSuchFileException if the sub-path does not exist in the artifact
     * @throws dev.sluice.artifact.tree.UnsafePathException if the sub-path leads outside the artifact
     */
    public void copyToPath(Artifact artifact, String subPath, Path destination) throws IOException {
        Path file = paths.file(artifact);
        ArtifactWriter.requireFile(artifact, file);
        if (artifact.digest() != null) {
            writer.verify(artifact, file);
        }
        ArtifactUnpacking.unpack(file, subPath, destination);
    }

    /**
     * Whether the artifact's file exists and is a regular file, not a link. A missing directory is not an error.
     *
     * @throws dev.sluice.artifact.tree.UnsafePathException see {@link #localPath}
     */
    public boolean exists(Artifact artifact) throws IOException {
        return ArtifactWriter.isRegularFile(paths.file(artifact));
    }

    /**
     * Recomputes and compares the digest of the artifact's file.
     *
     * @throws MissingDigestException if the artifact has no digest
     * @throws UnparsableDigestException if its digest is invalid
     * @throws ArtifactNotFoundException if the file does not exist or is not a regular file
     * @throws dev.sluice.artifact.digest.DigestMismatchException if the file has another digest
     */
    public void verify(Artifact artifact) throws IOException {
        writer.verify(artifact, paths.file(artifact));
    }

    /**
     * Runs an action while no other thread or process writes to the artifact's directory, which is created if
     * necessary. The action may use this storage.
     *
     * @throws IOException if another writer holds the lock for {@value #LOCK_SECONDS} seconds, or the action fails
     */
    public <T> T withLock(Artifact artifact, LockedAction<T> action) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return DirectoryLock.hold(makeDirectory(artifact), LOCK_PATIENCE, action);
            } catch (DirectoryGoneException removedMeanwhile) {
                if (attempt == LOCK_ATTEMPTS) {
                    throw removedMeanwhile;
                }
            }
        }
    }

    /**
     * Deletes the artifact's file.
     *
     * @throws ArtifactNotFoundException if the file does not exist or is not a regular file
     */
    public void remove(Artifact artifact) throws IOException {
        Path file = paths.file(artifact);
        ArtifactWriter.requireFile(artifact, file);
        try {
            fence.check();
            Files.delete(file);
        } catch (NoSuchFileException e) {
            throw ArtifactWriter.notFound(artifact, file);
        }
    }

    /**
     * Deletes the artifact's directory with all its content; deletes links without following them.
     *
     * @return the directory; empty if it did not exist, which is not an error
     * @throws dev.sluice.artifact.tree.UnsafePathException if the path is not {@code <kind>/<namespace>/<name>/<file>},
     *     because other objects might share the directory
     */
    public Optional<Path> removeAll(Artifact artifact) throws IOException {
        ArtifactDirectory directory = new ArtifactDirectory(paths.ownDirectory(artifact));
        if (!directory.exists()) {
            return Optional.empty();
        }
        return DirectoryLock.hold(directory.path(), LOCK_PATIENCE, () -> {
            new RecursiveDeletion(directory.path(), fence).run();
            return Optional.of(directory.path());
        });
    }

    /** Like {@link #removeAll(Artifact)}, for the directory of an object; throws like {@link #artifactPath}. */
    public Optional<Path> removeAll(String kind, String namespace, String name) throws IOException {
        return removeAll(newArtifact(kind, namespace, name, "", "any.tar.gz"));
    }

    /**
     * Like {@link #removeAll(Artifact)}, on condition of a check: first moves the directory away, then calls the check,
     * and moves the directory back if the check refuses. A process that publishes an artifact and afterwards calls
     * {@link #exists} therefore does not lose its file to a concurrent removal, even on a file system without locks.
     *
     * @return whether the directory was removed; true if it did not exist
     */
    public boolean removeAllIf(Artifact artifact, RemovalCheck check) throws IOException {
        ArtifactDirectory directory = new ArtifactDirectory(paths.ownDirectory(artifact));
        if (!directory.exists()) {
            return true;
        }
        return DirectoryLock.hold(directory.path(), LOCK_PATIENCE, () -> removal.allIf(directory, check));
    }

    /**
     * Deletes every other regular file in the artifact's directory; keeps links and lock files.
     *
     * @return the deleted files; empty if the directory did not exist
     * @throws IOException if the lock was not available in time or a file could not be deleted; all other files were
     *     tried
     */
    public List<Path> removeAllButCurrent(Artifact artifact) throws IOException {
        Path file = paths.file(artifact);
        ArtifactDirectory directory = new ArtifactDirectory(paths.ownDirectory(artifact));
        if (!directory.exists()) {
            return List.of();
        }
        return DirectoryLock.hold(
                directory.path(),
                LOCK_PATIENCE,
                () -> removal.allButCurrent(directory, file.getFileName().toString()));
    }

    /**
     * Sets the file's modification time to now, for an object that has just begun to offer it. The retention TTL of the
     * artifact that it supersedes starts now, even if the file is older. Idempotent.
     *
     * @throws ArtifactNotFoundException if the file does not exist or is not a regular file
     */
    public void markCurrent(Artifact artifact) throws IOException {
        Path file = paths.file(artifact);
        ArtifactWriter.requireFile(artifact, file);
        DirectoryLock.hold(paths.ownDirectory(artifact), LOCK_PATIENCE, () -> {
            writer.markCurrent(artifact, file);
            return file;
        });
    }

    /**
     * Collects garbage in the artifact's directory: deletes artifacts that were superseded longer ago than the
     * retention TTL, oldest first, while there are more than the retention records, and temporary files older than one
     * hour. An artifact is superseded when the next newer file in the directory is written. Never deletes the current
     * or the newest artifact; deletes at most 1000 files per run.
     *
     * @param timeout limit for the whole operation, including the wait for the lock; the next run deletes the rest
     * @return the deleted files; empty if the directory did not exist
     * @throws IOException if the lock was not available in time or a file could not be deleted; all other files were
     *     tried
     */
    public List<Path> collectGarbage(Artifact artifact, Duration timeout) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        Path file = paths.file(artifact);
        ArtifactDirectory directory = new ArtifactDirectory(paths.ownDirectory(artifact));
        if (!directory.exists()) {
            return List.of();
        }
        return DirectoryLock.hold(
                directory.path(),
                timeout,
                () -> removal.collectGarbage(directory, file.getFileName().toString(), deadline));
    }

    /**
     * Creates a link in the artifact's directory to the artifact's file, or replaces it atomically. The link is
     * relative, so that it is valid wherever the volume is mounted.
     *
     * @return the URL of the link
     * @throws IllegalArgumentException if the link's name is not a valid name
     * @throws IOException if a file or directory has that name
     */
    public String symlink(Artifact artifact, String linkName) throws IOException {
        Path file = paths.file(artifact);
        Path link = file.resolveSibling(ArtifactAddresses.checked("link name", linkName));
        return withLock(artifact, () -> {
            writer.link(file, link);
            int directoryLength = artifact.path().lastIndexOf('/') + 1;
            return addresses.url(artifact.path().substring(0, directoryLength) + linkName);
        });
    }
}
