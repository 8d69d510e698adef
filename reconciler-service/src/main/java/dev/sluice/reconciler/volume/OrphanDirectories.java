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
 * Removes directories that no ExternalArtifact of the cluster points at: not in the cache for as long as the grace period
 * lasts, and then not in a fresh list of the API server either. Of what is offered elsewhere only the copy on this volume
 * goes. Used by one thread.
 *
 * <p>When many directories were looked at and the cluster knows none of them, the volume is taken for another cluster's.
 */
final class OrphanDirectories {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanDirectories.class);

    /** From so many on it is no coincidence that the cluster knows none. */
    private static final int MANY = 10;

    private final ExternalArtifactLister published;
    private final ArtifactStorage storage;
    private final StoredDirectories directories;
    private final KeyLocks locks;
    private final VolumeCounters counters;
    private final Map<ObjectKey, Instant> unclaimedSince = new HashMap<>();
    private boolean foreignVolume;

    /** @param locks those of the reconciler: a name must not be claimed while its old files go */
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

    /** One look at the volume, temp files included. */
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
                    .log("no ExternalArtifact of this cluster points at this volume: nothing is removed from it."
                            + " Does another cluster write to it? One volume, one cluster");
        }
        return foreignVolume;
    }

    /** All directories that can be judged; their stale temp files go by the way. */
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

    /** What is outside of the namespaces that are watched cannot be judged. */
    private List<String> namespaces() throws IOException {
        return published.namespace().isEmpty()
                ? directories.namespaces(ExternalArtifactPaths.KIND)
                : List.of(published.namespace());
    }

    /** The cache may be behind; a list that fails ends this before anything is removed. */
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
                    .log("removed a directory that no ExternalArtifact points at");
        } finally {
            lock.release();
        }
    }

    /** By the API server: another shard may have published under the name at any moment. */
    private boolean isClaimed(ObjectKey directory, Set<String> addresses) throws IOException {
        ClaimedDirectories newest = new ClaimedDirectories(published, addresses);
        published.live(directory).ifPresent(newest::add);
        return newest.holds(directory);
    }

    /** The locks are of this process only: another shard may have written a file that it has yet to publish. */
    private boolean isYoung(ObjectKey directory, Instant limit) throws IOException {
        return directories
                .newestFile(ExternalArtifactPaths.KIND, directory.namespace(), directory.name())
                .filter(written -> written.isAfter(limit))
                .isPresent();
    }

    private static void stopIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("the care for the volume was stopped");
        }
    }
}
