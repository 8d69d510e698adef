package dev.sluice.artifact.storage;

import dev.sluice.artifact.ignore.SourceIgnore;
import dev.sluice.artifact.tree.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The files of artifacts below one directory, laid out {@code <kind>/<namespace>/<name>/<file>}.
 *
 * <p>Every file appears by atomic rename: a reader sees all of it or nothing, also when the process is killed or the
 * power fails. A file that is intact is never replaced. What writes or collects takes the lock of the artifact's directory
 * by itself, for at most {@value #LOCK_SECONDS} seconds of waiting; {@link #withLock} holds it over several operations.
 * Reading, verifying and {@link #remove} take no lock: a name always stands for a whole file.
 *
 * <p>Artifacts come from objects that others may write: every path is checked, and none leads outside the base
 * directory, not through a link either; such a path is refused with
 * {@link dev.sluice.artifact.tree.UnsafePathException}. Thread-safe; several processes may share the directory.
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
     * Opens the storage; nothing is written yet.
     *
     * @param clock for last update times and for the age of garbage
     * @throws UncheckedIOException if the base directory can not be looked up
     */
    public ArtifactStorage(StorageOptions options, Clock clock) {
        this(options, clock, WriteFence.OPEN);
    }

    /**
     * Opens the storage for a process that may not always write; nothing is written yet.
     *
     * @param fence asked before a file gets its name, and before each file is deleted
     * @throws UncheckedIOException if the base directory can not be looked up
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
            throw new UncheckedIOException("can not open storage path '" + base + "'", e);
        }
    }

    /** {@code <kind in lower case>/<namespace>/<name>}. @throws IllegalArgumentException as {@link #artifactPath} */
    public static String artifactDir(String kind, String namespace, String name) {
        return ArtifactAddresses.directory(kind, namespace, name);
    }

    /**
     * {@code <kind in lower case>/<namespace>/<name>/<file>}.
     *
     * @throws IllegalArgumentException if a part can not be a name that is served, see {@link StoredNames#isServable}
     */
    public static String artifactPath(String kind, String namespace, String name, String fileName) {
        return ArtifactAddresses.file(kind, namespace, name, fileName);
    }

    /**
     * An artifact of an object, with path and URL, whose file is still to be written.
     *
     * @throws IllegalArgumentException as {@link #artifactPath}
     */
    public Artifact newArtifact(String kind, String namespace, String name, String revision, String fileName) {
        String path = artifactPath(kind, namespace, name, fileName);
        return Artifact.of(path, addresses.url(path), revision);
    }

    /**
     * An artifact of an object whose revision and file name follow from its content, {@code latest@sha256:<content hash>}
     * and {@code <content hash>.tar.gz}: the same tree has the same revision whenever and wherever it is archived. Its
     * file is still to be written.
     *
     * @param tree what is to be archived, filtered already
     * @throws IllegalArgumentException as {@link #artifactPath}
     */
    public Artifact newArtifact(String kind, String namespace, String name, FileTree tree) {
        String hash = tree.contentHash().hex();
        return newArtifact(kind, namespace, name, "latest@sha256:" + hash, hash + ".tar.gz");
    }

    /** The artifact with the URL that its path has under the advertised address. */
    public Artifact setUrl(Artifact artifact) {
        return artifact.withUrl(addresses.url(artifact.path()));
    }

    /**
     * A URL with its host and port, and credentials if any, replaced by the advertised address.
     *
     * @throws IllegalArgumentException if it has no scheme and host
     */
    public String setHostname(String url) {
        return addresses.withAdvertisedHost(url);
    }

    /**
     * Where the artifact's file is, or would be: it need not exist.
     *
     * @throws dev.sluice.artifact.tree.UnsafePathException if the path is absolute, has a {@code ..} or a hidden name,
     *     or leads through a link
     */
    public Path localPath(Artifact artifact) throws IOException {
        return paths.file(artifact);
    }

    /**
     * Makes the artifact's directory and its parents; those that exist get the right mode. Idempotent; asks the fence.
     *
     * @throws IOException if a file or link has the name of one of them, or it can not be made
     */
    public Path makeDirectory(Artifact artifact) throws IOException {
        Path directory = Objects.requireNonNull(paths.file(artifact).getParent());
        fence.check();
        modes.makeDirectories(paths.base(), directory);
        return directory;
    }

    /**
     * Stores a tree as tar.gz. If the file is there and has the artifact's digest, or the artifact has no digest and
     * the file holds just this tree, it stays and its digest is taken over.
     *
     * @return the artifact with digest, size and last update time of the stored file
     * @throws IOException if writing fails; what was stored before is untouched then
     */
    public Artifact archive(Artifact artifact, FileTree tree) throws IOException {
        return withLock(artifact, () -> writer.archive(artifact, paths.file(artifact), tree));
    }

    /**
     * Stores a directory as tar.gz, without what the filter ignores and without links and special files.
     *
     * @return as {@link #archive(Artifact, FileTree)}
     * @throws IOException if the directory can not be read or writing fails
     */
    public Artifact archive(Artifact artifact, Path directory, SourceIgnore filter) throws IOException {
        return archive(artifact, filter.read(directory));
    }

    /**
     * Stores what a stream holds; it is read to its end but not closed. If the file is there and has the artifact's
     * digest, it stays, and the stream is not read.
     *
     * @return the artifact with digest, size and last update time of the stored file
     * @throws IOException if reading or writing fails; what was stored before is untouched then
     */
    public Artifact copy(Artifact artifact, InputStream content) throws IOException {
        return withLock(artifact, () -> writer.write(artifact, paths.file(artifact), content::transferTo));
    }

    /**
     * Stores what a stream holds, as {@link #copy} does, with permissions for this file in place of the storage's own.
     *
     * @param permissions exactly these, whatever the umask; without OWNER_READ nobody can verify the file later
     * @throws IOException as {@link #copy}
     */
    public Artifact write(Artifact artifact, InputStream content, Set<PosixFilePermission> permissions)
            throws IOException {
        ArtifactWriter permitting = writer.withFilePermissions(permissions);
        return withLock(artifact, () -> permitting.write(artifact, paths.file(artifact), content::transferTo));
    }

    /**
     * Stores a copy of a file, as {@link #copy} does.
     *
     * @throws NoSuchFileException if there is no such file; what was stored before is untouched then
     */
    public Artifact copyFromPath(Artifact artifact, Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return copy(artifact, content);
        }
    }

    /**
     * Unpacks the artifact, after verifying it if it has a digest, and moves what is at the sub-path to the destination.
     *
     * @param subPath a file or directory in the artifact; empty, {@code .} or {@code /} for all of it
     * @param destination must not exist, or be an empty directory; its parents are made
     * @throws ArtifactNotFoundException if the artifact has no file
     * @throws NoSuchFileException if the artifact has nothing at the sub-path
     * @throws dev.sluice.artifact.tree.UnsafePathException if the sub-path leads outside
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
     * Whether the artifact's file is there: a regular file, not a link. A missing directory is no error.
     *
     * @throws dev.sluice.artifact.tree.UnsafePathException as {@link #localPath}
     */
    public boolean exists(Artifact artifact) throws IOException {
        return ArtifactWriter.isRegularFile(paths.file(artifact));
    }

    /**
     * Recomputes the digest of the artifact's file.
     *
     * @throws MissingDigestException if the artifact has no digest
     * @throws UnparsableDigestException if its digest is no digest
     * @throws ArtifactNotFoundException if there is no such regular file
     * @throws dev.sluice.artifact.digest.DigestMismatchException if the file has another digest
     */
    public void verify(Artifact artifact) throws IOException {
        writer.verify(artifact, paths.file(artifact));
    }

    /**
     * Runs an action while no other thread or process writes in the artifact's directory, which is made if missing. The
     * action may use this storage.
     *
     * @throws IOException if another writer does not finish in {@value #LOCK_SECONDS} seconds, or the action fails
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
     * @throws ArtifactNotFoundException if there is no such regular file
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
     * Deletes the artifact's directory and all that is in it; links are deleted, not followed.
     *
     * @return the directory, empty if there was none, which is no error
     * @throws dev.sluice.artifact.tree.UnsafePathException if the path is not {@code <kind>/<namespace>/<name>/<file>}:
     *     its directory would belong to others too
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

    /**
     * Deletes the artifact's directory and all that is in it, as {@link #removeAll} does, unless the check objects when
     * the directory is out of the way already: then it comes back under its name, within what the check took. Whoever
     * publishes, and looks afterwards whether {@link #exists} still says yes, loses no file to a process that removes at
     * the same moment because nothing was published yet, on a file system without locks either.
     *
     * @return whether it was removed, true if there was none
     * @throws dev.sluice.artifact.tree.UnsafePathException as {@link #removeAll}
     */
    public boolean removeAllIf(Artifact artifact, RemovalCheck check) throws IOException {
        ArtifactDirectory directory = new ArtifactDirectory(paths.ownDirectory(artifact));
        if (!directory.exists()) {
            return true;
        }
        return DirectoryLock.hold(directory.path(), LOCK_PATIENCE, () -> removal.allIf(directory, check));
    }

    /**
     * Deletes every other regular file in the artifact's directory; links and locks stay.
     *
     * @return what was deleted, nothing if there was no directory
     * @throws IOException if the lock was not free in time or a file can not be deleted; all others were tried
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
     * Dates the artifact's file as written now, for an object that has just begun to offer it: what it supersedes stays
     * for the retention TTL from now on, however long the file was there before. Idempotent.
     *
     * @throws ArtifactNotFoundException if there is no such regular file
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
     * Deletes artifacts of the directory that were superseded longer ago than the retention TTL, oldest first, while
     * more than the retention records are there, and temp files over an hour old. An artifact is superseded when the
     * next newer file of the directory was written. Never the current one, nor the newest; at most 1000 files a run.
     *
     * @param timeout of the whole, waiting for the lock included; what is left then stays for the next run
     * @return what was deleted, nothing if there was no directory
     * @throws IOException if the lock was not free in time or a file can not be deleted; all others were tried
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
     * Points a link in the artifact's directory to the artifact's file. The link is replaced atomically; it is relative,
     * so that it holds wherever the volume is mounted.
     *
     * @return the URL of the link
     * @throws IllegalArgumentException if the link's name is not one that is served
     * @throws IOException if a file or directory has that name
     */
    public String symlink(Artifact artifact, String linkName) throws IOException {
        Path file = paths.file(artifact);
        Path link = file.resolveSibling(ArtifactAddresses.checked("link name", linkName));
        return withLock(artifact, () -> {
            if (Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(link)) {
                throw new IOException("can not make the link '" + link + "': something else has that name, remove it");
            }
            fence.check();
            Path temp = Files.createSymbolicLink(link.resolveSibling(StoredNames.newTemp()), file.getFileName());
            try {
                Files.move(temp, link, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temp);
            }
            int directoryLength = artifact.path().lastIndexOf('/') + 1;
            return addresses.url(artifact.path().substring(0, directoryLength) + linkName);
        });
    }
}
