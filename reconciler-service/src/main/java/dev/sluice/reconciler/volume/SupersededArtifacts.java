package dev.sluice.reconciler.volume;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.reconciler.cluster.KeyLocks;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Garbage-collects superseded files that runs had to keep for their retention TTL, because no further run may come.
 * Handles this shard's generators only.
 */
final class SupersededArtifacts {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(SupersededArtifacts.class);

    private final ExternalArtifactLister published;
    private final ArtifactStorage storage;
    private final KeyLocks locks;

    /** @param locks shared with the reconciler, so that no file is deleted while it is published again */
    SupersededArtifacts(ExternalArtifactLister published, ArtifactStorage storage, KeyLocks locks) {
        this.published = published;
        this.storage = storage;
        this.locks = locks;
    }

    /** Makes one pass over all artifacts; a failure in one directory does not stop the pass. */
    void collect() throws InterruptedException {
        for (ExternalArtifact object : published.cached()) {
            if (published.ownGenerator(object).isPresent()) {
                collect(object.key());
            }
        }
    }

    private void collect(ObjectKey key) throws InterruptedException {
        KeyLocks.Held lock = locks.hold(key);
        try {
            Optional<Artifact> offered = offered(key);
            if (offered.isPresent()) {
                logDeleted(offered.get(), storage.collectGarbage(offered.get(), TIMEOUT));
            }
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("volume maintenance stopped");
            }
            LOG.atDebug()
                    .addKeyValue("path", ArtifactDirectories.path(key))
                    .addKeyValue("error", String.valueOf(e.getMessage()))
                    .log("garbage collection failed; retrying at the next sweep");
        } finally {
            lock.release();
        }
    }

    /** The artifact that a shard has applied; ignores statuses that another writer has edited. */
    private Optional<Artifact> offered(ObjectKey key) {
        return published
                .cached(key)
                .filter(object -> published.ownGenerator(object).isPresent() && published.isAsApplied(object))
                .flatMap(ExternalArtifact::artifact)
                .filter(artifact -> ArtifactDirectories.isOf(key, artifact));
    }

    private static void logDeleted(Artifact artifact, List<Path> deleted) {
        if (!deleted.isEmpty()) {
            LOG.atInfo()
                    .addKeyValue("path", artifact.path())
                    .addKeyValue("files", deleted.size())
                    .log("garbage collected artifact files");
        }
    }
}
