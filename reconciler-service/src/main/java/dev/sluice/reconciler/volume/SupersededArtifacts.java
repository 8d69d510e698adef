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
 * Collects what runs had to leave: a file that was superseded a moment ago stays for the retention TTL, and no further
 * run need come. Of this shard's generators only.
 */
final class SupersededArtifacts {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(SupersededArtifacts.class);

    private final ExternalArtifactLister published;
    private final ArtifactStorage storage;
    private final KeyLocks locks;

    /** @param locks those of the reconciler: a file must not go while it is about to be offered again */
    SupersededArtifacts(ExternalArtifactLister published, ArtifactStorage storage, KeyLocks locks) {
        this.published = published;
        this.storage = storage;
        this.locks = locks;
    }

    /** One look at each artifact; a directory that cannot be collected does not keep the others. */
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
                tell(offered.get(), storage.collectGarbage(offered.get(), TIMEOUT));
            }
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the volume maintenance was stopped");
            }
            LOG.atDebug()
                    .addKeyValue("path", ArtifactDirectories.path(key))
                    .addKeyValue("error", String.valueOf(e.getMessage()))
                    .log("garbage collection failed; retrying at the next sweep");
        } finally {
            lock.release();
        }
    }

    /** Of what somebody else has written into a status nothing follows. */
    private Optional<Artifact> offered(ObjectKey key) {
        return published
                .cached(key)
                .filter(object -> published.ownGenerator(object).isPresent() && published.isAsApplied(object))
                .flatMap(ExternalArtifact::artifact)
                .filter(artifact -> ArtifactDirectories.isOf(key, artifact));
    }

    private static void tell(Artifact artifact, List<Path> deleted) {
        if (!deleted.isEmpty()) {
            LOG.atInfo().addKeyValue("path", artifact.path()).log("garbage collected {} file(s)", deleted.size());
        }
    }
}
