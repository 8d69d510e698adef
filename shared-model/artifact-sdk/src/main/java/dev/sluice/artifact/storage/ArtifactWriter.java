package dev.sluice.artifact.storage;

import dev.sluice.artifact.archive.TarGzReader;
import dev.sluice.artifact.archive.TarGzWriter;
import dev.sluice.artifact.archive.UnpackOptions;
import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.digest.DigestMismatchException;
import dev.sluice.artifact.digest.InvalidDigestException;
import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes and verifies the files of artifacts; the caller must hold the directory's lock to write. */
final class ArtifactWriter {

    private static final Logger LOG = LoggerFactory.getLogger(ArtifactWriter.class);

    private final DigestAlgorithm algorithm;
    private final FileModes modes;
    private final Clock clock;
    private final WriteFence fence;

    ArtifactWriter(DigestAlgorithm algorithm, FileModes modes, Clock clock, WriteFence fence) {
        this.algorithm = algorithm;
        this.modes = modes;
        this.clock = clock;
        this.fence = fence;
    }

    /** Returns a copy with other file permissions. */
    ArtifactWriter withFilePermissions(Set<PosixFilePermission> permissions) {
        return new ArtifactWriter(algorithm, modes.withFile(permissions), clock, fence);
    }

    /**
     * Writes the file unless an intact one exists; returns the artifact with digest, size and time of the stored file.
     */
    Artifact write(Artifact artifact, Path file, AtomicFile.Content content) throws IOException {
        if (hasItsDigest(artifact, file)) {
            return keep(artifact, file, Digest.parse(digestText(artifact)));
        }
        try (AtomicFile staged = AtomicFile.stage(file, modes, algorithm, content)) {
            if (isRegularFile(file) && digest(file, algorithm).equals(staged.digest())) {
                return keep(artifact, file, staged.digest());
            }
            Instant written = newest(file);
            staged.stamp(written);
            staged.commit(fence);
            return artifact.withFile(
                    staged.digest().toString(), staged.size(), written.truncatedTo(ChronoUnit.SECONDS));
        }
    }

    /** Like {@link #write}; a file with the same tree counts as intact, even if compressed differently. */
    Artifact archive(Artifact artifact, Path file, FileTree tree) throws IOException {
        if (artifact.digest() == null && isRegularFile(file) && holds(file, tree)) {
            return keep(artifact, file, digest(file, algorithm));
        }
        return write(artifact, file, out -> TarGzWriter.write(tree, out));
    }

    private boolean hasItsDigest(Artifact artifact, Path file) throws IOException {
        if (artifact.digest() == null) {
            return false;
        }
        try {
            verify(artifact, file);
            return true;
        } catch (ArtifactNotFoundException | DigestMismatchException | UnparsableDigestException e) {
            LOG.atDebug().addKeyValue("reason", e.getMessage()).log("writing artifact file");
            return false;
        }
    }

    private static boolean holds(Path file, FileTree tree) throws IOException {
        try (SpoolFile spool = SpoolFile.create(file.resolveSibling(StoredNames.newTemp()))) {
            spool.unlink();
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                FileTree stored = TarGzReader.index(in, spool, UnpackOptions.fluxSource(tree.size() + 1));
                return stored.contentHash().equals(tree.contentHash());
            }
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("reason", e.getMessage()).log("stored artifact is damaged; rewriting it");
            return false;
        }
    }

    /** Makes a file current again if another one has superseded it. */
    private Artifact keep(Artifact artifact, Path file, Digest digest) throws IOException {
        fence.check();
        modes.setFile(file);
        if (isSuperseded(file)) {
            Files.setLastModifiedTime(file, FileTime.from(newest(file)));
        }
        return artifact.withFile(
                digest.toString(), Files.size(file), lastModified(file).truncatedTo(ChronoUnit.SECONDS));
    }

    /**
     * Sets the modification time to now, so that the previous artifact counts as superseded from now on. Does nothing
     * if the file was written within the last second.
     */
    void markCurrent(Artifact artifact, Path file) throws IOException {
        requireFile(artifact, file);
        Instant now = newest(file);
        if (lastModified(file).plusSeconds(1).isBefore(now)) {
            fence.check();
            Files.setLastModifiedTime(file, FileTime.from(now));
        }
    }

    /**
     * Returns the current time, or a later one than that of all other files, because files are ordered by when they
     * were current.
     */
    private Instant newest(Path file) throws IOException {
        Instant now = clock.instant();
        return youngestOther(file)
                .filter(other -> !other.isBefore(now))
                .map(other -> other.plusMillis(1))
                .orElse(now);
    }

    private static boolean isSuperseded(Path file) throws IOException {
        Instant modified = lastModified(file);
        return youngestOther(file).filter(other -> !other.isBefore(modified)).isPresent();
    }

    private static Optional<Instant> youngestOther(Path file) throws IOException {
        String name = file.getFileName().toString();
        return new ArtifactDirectory(Objects.requireNonNull(file.getParent()))
                .files().stream()
                        .filter(other -> other.kind() == StoredFile.Kind.ARTIFACT)
                        .filter(other -> !other.name().equals(name))
                        .map(StoredFile::lastModified)
                        .max(Comparator.naturalOrder());
    }

    private static Instant lastModified(Path file) throws IOException {
        return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
    }

    void verify(Artifact artifact, Path file) throws IOException {
        String text = digestText(artifact);
        Digest expected;
        try {
            expected = Digest.parse(text);
        } catch (InvalidDigestException e) {
            throw new UnparsableDigestException("artifact '" + artifact.path() + "' cannot be verified", e);
        }
        requireFile(artifact, file);
        Digest actual = digest(file, expected.algorithm());
        if (!actual.equals(expected)) {
            throw new DigestMismatchException("artifact '" + artifact.path() + "'", expected, actual);
        }
    }

    private static String digestText(Artifact artifact) throws MissingDigestException {
        @Nullable String digest = artifact.digest();
        if (digest == null || digest.isEmpty()) {
            throw new MissingDigestException("artifact '" + artifact.path() + "' has no digest to verify");
        }
        return digest;
    }

    static void requireFile(Artifact artifact, Path file) throws ArtifactNotFoundException {
        if (!isRegularFile(file)) {
            throw notFound(artifact, file);
        }
    }

    static ArtifactNotFoundException notFound(Artifact artifact, Path file) {
        return new ArtifactNotFoundException(
                "artifact '" + artifact.path() + "' is not in the storage: no regular file '" + file + "'");
    }

    static boolean isRegularFile(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static Digest digest(Path file, DigestAlgorithm algorithm) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return Digest.ofStream(algorithm, in);
        }
    }

    /** Creates or atomically replaces a relative link to a file in its own directory. Call it under the lock. */
    void link(Path file, Path link) throws IOException {
        if (Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(link)) {
            throw new IOException("cannot create link '" + link + "': a file or directory has that name; remove it");
        }
        fence.check();
        Path temp = Files.createSymbolicLink(link.resolveSibling(StoredNames.newTemp()), file.getFileName());
        try {
            Files.move(temp, link, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temp);
        }
    }
}
