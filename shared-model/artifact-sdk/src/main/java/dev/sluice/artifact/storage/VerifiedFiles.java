package dev.sluice.artifact.storage;

import dev.sluice.artifact.concurrent.LruMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Verifies artifacts without reading them each time: trusts a file for a limited time if its size, modification time
 * and inode are unchanged since its last full verification. Remembers a bounded number of files; an evicted one is
 * fully verified next time. Thread-safe.
 */
public final class VerifiedFiles {

    private static final Duration TRUSTED_FOR = Duration.ofHours(6);
    private static final int CAPACITY = 50_000;

    /** The attributes of a file when its digest was verified. */
    private record Seen(
            String digest,
            long size,
            Instant lastModified,
            @Nullable Object inode,
            Instant at) {

        boolean isStill(@Nullable Seen now) {
            return now != null
                    && digest.equals(now.digest)
                    && size == now.size
                    && lastModified.equals(now.lastModified)
                    && inode != null
                    && inode.equals(now.inode);
        }
    }

    private final ArtifactStorage storage;
    private final Clock clock;
    private final Duration trustedFor;
    private final Map<Path, Seen> verified;

    /** Trusts files of this storage for 6 hours. */
    public VerifiedFiles(ArtifactStorage storage, Clock clock) {
        this(storage, clock, TRUSTED_FOR, CAPACITY);
    }

    VerifiedFiles(ArtifactStorage storage, Clock clock, Duration trustedFor, int capacity) {
        this.storage = storage;
        this.clock = clock;
        this.trustedFor = trustedFor;
        this.verified = new LruMap<>(capacity);
    }

    /**
     * Verifies the artifact's file; reads it only if it is not trusted.
     *
     * @throws IOException see {@link ArtifactStorage#verify}
     */
    public void verify(Artifact artifact) throws IOException {
        Path file = storage.localPath(artifact);
        Seen before = artifact.digest() == null ? null : look(file, artifact.digest());
        if (before != null && isTrusted(file, before)) {
            return;
        }
        forget(file);
        storage.verify(artifact);
        if (before != null && before.isStill(look(file, before.digest))) {
            put(file, before);
        }
    }

    /**
     * Verifies the artifact's file by reading it, even if it is trusted, and renews the trust.
     *
     * @throws IOException see {@link ArtifactStorage#verify}
     */
    public void verifyAgain(Artifact artifact) throws IOException {
        forget(storage.localPath(artifact));
        verify(artifact);
    }

    private synchronized boolean isTrusted(Path file, Seen now) {
        Seen seen = verified.get(file);
        if (seen == null || !seen.isStill(now)) {
            return false;
        }
        Duration age = Duration.between(seen.at, now.at);
        return !age.isNegative() && age.compareTo(trustedFor) < 0;
    }

    /** Returns null if there is no regular file that can be read. */
    private @Nullable Seen look(Path file, String digest) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile()
                    ? new Seen(
                            digest,
                            attributes.size(),
                            attributes.lastModifiedTime().toInstant(),
                            attributes.fileKey(),
                            clock.instant())
                    : null;
        } catch (IOException e) {
            // the full verification reports it
            return null;
        }
    }

    private synchronized void forget(Path file) {
        verified.remove(file);
    }

    private synchronized void put(Path file, Seen seen) {
        verified.put(file, seen);
    }
}
