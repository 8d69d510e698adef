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
 * Compares the stored files of this shard's generators with the digests that the cluster knows, one after the other. A
 * file that is not as it should be is reported, and its generator is asked to run, which builds it again.
 */
final class VolumeVerification {

    private static final Logger LOG = LoggerFactory.getLogger(VolumeVerification.class);

    /** A lost volume is one piece of news, not one for each artifact. */
    private static final int TOLD_ONE_BY_ONE = 20;

    private static final int FILES_BETWEEN_BREAKS = 100;

    /** What is done between the files of a long pass. */
    @FunctionalInterface
    interface Break {
        void take() throws InterruptedException;
    }

    private final ExternalArtifactLister published;
    private final VerifiedFiles files;
    private final Consumer<ObjectKey> requeue;
    private final ReadThrottle pace;
    private final VolumeCounters counters;

    /** What was found broken, until it is whole, or nobody's any more. */
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
     * Looks at every artifact.
     *
     * @param again whether files are read that this process has verified already
     * @param between taken after every hundred files
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
                .addKeyValue("whole", counters.verified.sum() - whole)
                .addKeyValue("broken", broken.size())
                .log("verified the stored artifacts");
    }

    /** Looks again at what was found broken. */
    void lookForRepairs() {
        for (ObjectKey key : List.copyOf(broken.keySet())) {
            Optional<Artifact> artifact = offeredNow(key);
            if (artifact.isEmpty()) {
                broken.remove(key);
            } else if (artifact.filter(this::isWhole).isPresent()) {
                broken.remove(key);
                counters.repaired.increment();
                LOG.atInfo().addKeyValue("path", artifact.get().path()).log("a stored artifact is repaired");
            } else if (!isClaimed(key)) {
                broken.remove(key);
            }
        }
    }

    int broken() {
        return broken.size();
    }

    /**
     * False when the object is none of this shard's, or what it offers is not what was published: that is an edited
     * status, of which its generator hears in another way, and says nothing of the volume.
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
                throw new InterruptedException("the verification was stopped");
            }
            LOG.atWarn()
                    .addKeyValue("path", artifact.path())
                    .addKeyValue("error", String.valueOf(e.getMessage()))
                    .log("a stored artifact cannot be verified");
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

    /** The object may have moved on while its file was read, and the old file may have been collected: no news then. */
    private void report(ObjectKey key, ObjectKey generator, Artifact artifact, IOException problem, LongAdder counter) {
        Artifact now = offeredNow(key).orElse(null);
        if (now == null || (!now.equals(artifact) && isWhole(now))) {
            return;
        }
        requeue.accept(generator);
        if (isClaimed(key) && broken.put(key, now) == null) {
            counter.increment();
            LOG.atLevel(broken.size() <= TOLD_ONE_BY_ONE ? Level.WARN : Level.DEBUG)
                    .addKeyValue("path", now.path())
                    .addKeyValue("generator", generator)
                    .addKeyValue("error", String.valueOf(problem.getMessage()))
                    .log("a stored artifact failed its verification, its generator builds it again");
        }
    }

    /** Empty when the object is gone, offers nothing, or is not this shard's any more. */
    private Optional<Artifact> offeredNow(ObjectKey key) {
        return published
                .cached(key)
                .filter(object -> published.ownGenerator(object).isPresent())
                .flatMap(object -> object.artifact().filter(artifact -> isVerifiable(object, artifact)));
    }

    /** Otherwise anybody could make such an object, and keep it. */
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
