package dev.sluice.reconciler.volume;

import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.ExternalArtifactPaths;
import dev.sluice.artifact.storage.StoredDirectories;
import dev.sluice.reconciler.cluster.KeyLocks;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes orphans: directories that no ExternalArtifact of the cluster points at. An orphan has been absent from the
 * cache for the whole grace period and is absent from a fresh list of the API server. If the artifact is served from
 * another volume, only the copy on this volume is removed. For one thread.
 *
 * <p>If the volume holds many directories and the cluster knows none of them, the volume is assumed to belong to
 * another cluster, and nothing is removed.
 */
final class OrphanDirectories {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanDirectories.class);

    /** From this number on, a volume without any known directory is assumed to be foreign. */
    private static final int MANY = 10;

    private final ExternalArtifactLister published;
    private final ArtifactStorage storage;
    private final StoredDirectories directories;
    private final KeyLocks locks;
    private final VolumeCounters counters;
    private final Map<ObjectKey, Instant> unclaimedSince = new HashMap<>();
    private boolean foreignVolume;

    /** @param locks shared with the reconciler, so that no name is claimed while its old files are removed */
    OrphanDirectories(
            ExternalArtifactLister published,
            ArtifactStorage storage,
            StoredDirectories directories,
            KeyLocks locks,
            VolumeCounters counters) {
        this.published = published;
        this.storage = storage;
        this.directories = directories;
        this.locks = locks;
        this.counters = counters;
    }

    /** Makes one pass over the volume, temporary files included. */
    void sweep(InstantSource clock, Duration grace, Set<String> addresses) throws IOException, InterruptedException {
        ClaimedDirectories claims = new ClaimedDirectories(published, addresses);
        published.cached().forEach(claims::add);
        Instant now = clock.instant();
        Set<ObjectKey> present = present();
        if (isForeign(present, claims)) {
            unclaimedSince.clear();
            return;
        }
        Set<ObjectKey> unclaimed = new HashSet<>(present);
        unclaimed.removeIf(claims::holds);
        unclaimedSince.keySet().retainAll(unclaimed);
        unclaimed.forEach(directory -> unclaimedSince.putIfAbsent(directory, now));
        Instant limit = now.minus(grace);
        Set<ObjectKey> ripe = new TreeSet<>();
        unclaimedSince.forEach((directory, since) -> {
            if (!since.isAfter(limit)) {
                ripe.add(directory);
            }
        });
        if (!ripe.isEmpty()) {
            removeConfirmed(ripe, addresses, limit);
        }
    }

    private boolean isForeign(Set<ObjectKey> present, ClaimedDirectories claims) {
        boolean before = foreignVolume;
        foreignVolume = present.size() >= MANY && present.stream().noneMatch(claims::knows);
        if (foreignVolume && !before) {
            LOG.atWarn()
                    .addKeyValue("directories", present.size())
                    .log("no ExternalArtifact of this cluster points at this volume; nothing is removed;"
                            + " check whether another cluster writes to it");
        }
        return foreignVolume;
    }

    /** Returns all directories in the watched namespaces and removes their stale temporary files. */
    private Set<ObjectKey> present() throws IOException, InterruptedException {
        Set<ObjectKey> present = new HashSet<>();
        for (String namespace : namespaces()) {
            directories.removeStaleDirectories(ExternalArtifactPaths.KIND, namespace);
            for (String name : directories.names(ExternalArtifactPaths.KIND, namespace)) {
                stopIfInterrupted();
                counters.tempFilesRemoved.add(
                        directories.removeStaleTempFiles(ExternalArtifactPaths.KIND, namespace, name));
                present.add(new ObjectKey(namespace, name));
            }
        }
        return present;
    }

    /** Namespaces to check; directories outside of the watched namespaces cannot be judged. */
    private List<String> namespaces() throws IOException {
        return published.namespace().isEmpty()
                ? directories.namespaces(ExternalArtifactPaths.KIND)
                : List.of(published.namespace());
    }

    /** Checks against a fresh list, because the cache may be behind; a failed list removes nothing. */
    private void removeConfirmed(Set<ObjectKey> ripe, Set<String> addresses, Instant limit)
            throws IOException, InterruptedException {
        ClaimedDirectories fresh = new ClaimedDirectories(published, addresses);
        published.forEachLive(fresh::add);
        for (ObjectKey directory : ripe) {
            stopIfInterrupted();
            if (!fresh.holds(directory)) {
                remove(directory, addresses, limit);
            }
        }
    }

    private void remove(ObjectKey directory, Set<String> addresses, Instant limit)
            throws IOException, InterruptedException {
        KeyLocks.Held lock = locks.hold(directory);
        try {
            if (isClaimed(directory, addresses) || isYoung(directory, limit)) {
                return;
            }
            boolean removed = storage.removeAllIf(
                    ArtifactDirectories.anyFileIn(directory), () -> !isClaimed(directory, addresses));
            if (!removed) {
                return;
            }
            unclaimedSince.remove(directory);
            counters.orphansRemoved.increment();
            LOG.atInfo()
                    .addKeyValue("path", ArtifactDirectories.path(directory))
                    .log("removed orphaned directory");
        } finally {
            lock.release();
        }
    }

    /** Asks the API server, because another shard may have published under the name just now. */
    private boolean isClaimed(ObjectKey directory, Set<String> addresses) throws IOException {
        ClaimedDirectories newest = new ClaimedDirectories(published, addresses);
        published.live(directory).ifPresent(newest::add);
        return newest.holds(directory);
    }

    /**
     * Whether a file is recent. The locks are process-local: another shard may have written a file and not yet
     * published it.
     */
    private boolean isYoung(ObjectKey directory, Instant limit) throws IOException {
        return directories
                .newestFile(ExternalArtifactPaths.KIND, directory.namespace(), directory.name())
                .filter(written -> written.isAfter(limit))
                .isPresent();
    }

    private static void stopIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("volume maintenance stopped");
        }
    }
}
