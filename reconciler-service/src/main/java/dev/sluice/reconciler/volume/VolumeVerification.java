package dev.sluice.reconciler.volume;

import dev.sluice.artifact.digest.DigestMismatchException;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactNotFoundException;
import dev.sluice.artifact.storage.VerifiedFiles;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Compares the stored files of this shard's generators with the digests in the cluster, one after the other. Logs a
 * file that is missing or damaged and requeues its generator, which rebuilds it.
 */
final class VolumeVerification {

    private static final Logger LOG = LoggerFactory.getLogger(VolumeVerification.class);

    /** Further failures are logged at DEBUG, so that a lost volume does not produce one warning per artifact. */
    private static final int MAX_WARNINGS = 20;

    private static final int FILES_BETWEEN_BREAKS = 100;

    /** Task that runs between the files of a long pass. */
    @FunctionalInterface
    interface Break {
        void take() throws InterruptedException;
    }

    private final ExternalArtifactLister published;
    private final VerifiedFiles files;
    private final Consumer<ObjectKey> requeue;
    private final ReadThrottle pace;
    private final VolumeCounters counters;

    /** Artifacts found broken, until they are intact or no longer owned by this shard. */
    private final Map<ObjectKey, Artifact> broken = new ConcurrentHashMap<>();

    VolumeVerification(
            ExternalArtifactLister published,
            VerifiedFiles files,
            Consumer<ObjectKey> requeue,
            ReadThrottle pace,
            VolumeCounters counters) {
        this.published = published;
        this.files = files;
        this.requeue = requeue;
        this.pace = pace;
        this.counters = counters;
    }

    /**
     * Verifies every artifact.
     *
     * @param again whether to re-read files that this process has already verified
     * @param between called after every hundred files
     */
    void run(boolean again, Break between) throws InterruptedException {
        long whole = counters.verified.sum();
        int looked = 0;
        for (ExternalArtifact object : published.cached()) {
            long started = System.nanoTime();
            if (verify(object, again)) {
                pace.after(Duration.ofNanos(System.nanoTime() - started));
                if (++looked % FILES_BETWEEN_BREAKS == 0) {
                    between.take();
                }
            }
        }
        LOG.atInfo()
                .addKeyValue("intact", counters.verified.sum() - whole)
                .addKeyValue("broken", broken.size())
                .log("verified stored artifacts");
    }

    /** Checks the broken artifacts again. */
    void lookForRepairs() {
        for (ObjectKey key : List.copyOf(broken.keySet())) {
            Optional<Artifact> artifact = offeredNow(key);
            if (artifact.isEmpty()) {
                broken.remove(key);
            } else if (artifact.filter(this::isWhole).isPresent()) {
                broken.remove(key);
                counters.repaired.increment();
                LOG.atInfo().addKeyValue("path", artifact.get().path()).log("stored artifact repaired");
            } else if (!isClaimed(key)) {
                broken.remove(key);
            }
        }
    }

    int broken() {
        return broken.size();
    }

    /**
     * Verifies the artifact of one object. Returns false if the object does not belong to this shard, or if
     * another writer has edited its status, which does not concern the volume and is reported separately.
     */
    private boolean verify(ExternalArtifact object, boolean again) throws InterruptedException {
        Optional<ObjectKey> generator = published.ownGenerator(object);
        Artifact artifact = object.artifact().orElse(null);
        if (generator.isEmpty() || artifact == null || !isVerifiable(object, artifact)) {
            return false;
        }
        try {
            read(artifact, again);
            counters.verified.increment();
        } catch (ArtifactNotFoundException e) {
            report(object.key(), generator.get(), artifact, e, counters.missing);
        } catch (DigestMismatchException e) {
            report(object.key(), generator.get(), artifact, e, counters.corrupted);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("verification stopped");
            }
            LOG.atWarn()
                    .addKeyValue("path", artifact.path())
                    .addKeyValue("error", String.valueOf(e.getMessage()))
                    .log("cannot verify stored artifact");
        }
        return true;
    }

    private boolean isVerifiable(ExternalArtifact object, Artifact artifact) {
        return artifact.digest() != null
                && ArtifactDirectories.isOf(object.key(), artifact)
                && published.isAsApplied(object);
    }

    private void read(Artifact artifact, boolean again) throws IOException {
        if (again) {
            files.verifyAgain(artifact);
        } else {
            files.verify(artifact);
        }
    }

    /**
     * Skips the report if the object has a newer intact artifact; the old file may have been garbage collected
     * meanwhile.
     */
    private void report(ObjectKey key, ObjectKey generator, Artifact artifact, IOException problem, LongAdder counter) {
        Artifact now = offeredNow(key).orElse(null);
        if (now == null || (!now.equals(artifact) && isWhole(now))) {
            return;
        }
        requeue.accept(generator);
        if (isClaimed(key) && broken.put(key, now) == null) {
            counter.increment();
            LOG.atLevel(broken.size() <= MAX_WARNINGS ? Level.WARN : Level.DEBUG)
                    .addKeyValue("path", now.path())
                    .addKeyValue("generator", generator)
                    .addKeyValue("error", String.valueOf(problem.getMessage()))
                    .log("stored artifact failed its verification; requeueing its generator");
        }
    }

    /** Empty if the object is gone, offers no artifact, or no longer belongs to this shard. */
    private Optional<Artifact> offeredNow(ObjectKey key) {
        return published
                .cached(key)
                .filter(object -> published.ownGenerator(object).isPresent())
                .flatMap(object -> object.artifact().filter(artifact -> isVerifiable(object, artifact)));
    }

    /** Whether the generator lists the object; otherwise anybody could create one that stays broken. */
    private boolean isClaimed(ObjectKey key) {
        return published.cached(key).filter(published::isClaimed).isPresent();
    }

    private boolean isWhole(Artifact artifact) {
        try {
            files.verify(artifact);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
