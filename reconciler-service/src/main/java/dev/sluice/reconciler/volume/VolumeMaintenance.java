package dev.sluice.reconciler.volume;

import dev.sluice.artifact.concurrent.DaemonThreads;
import dev.sluice.artifact.concurrent.Outage;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.ExternalArtifactPaths;
import dev.sluice.artifact.storage.StoredDirectories;
import dev.sluice.artifact.storage.VerifiedFiles;
import dev.sluice.artifact.storage.VolumeIdentity;
import dev.sluice.artifact.storage.WriteFence;
import dev.sluice.reconciler.cluster.KeyLocks;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the volume in the background while this process leads: verifies what is stored, has it repaired, and
 * removes what nothing points at. Whatever fails is tried again at the next tick.
 */
public final class VolumeMaintenance {

    private static final Logger LOG = LoggerFactory.getLogger(VolumeMaintenance.class);

    private final ExternalArtifactLister published;
    private final VolumeAddresses addresses;
    private final Path base;
    private final WriteFence fence;
    private final String ownUrl;
    private final VolumeVerification verification;
    private final OrphanDirectories orphans;
    private final SupersededArtifacts superseded;
    private final VolumeOptions options;
    private final Clock clock;
    private final VolumeCounters counters = new VolumeCounters();
    private boolean prepared;

    private final Outage outage = new Outage();

    private @Nullable Instant lastSweep;
    private volatile @Nullable Instant lastVerification;
    private @Nullable ScheduledExecutorService thread;

    /**
     * What is looked after.
     *
     * @param base the storage path
     * @param fence asked before anything is written or deleted
     * @param locks under which the reconciler claims names
     * @param requeue asks a generator to run
     */
    public record Volume(
            Path base,
            WriteFence fence,
            ArtifactStorage storage,
            VerifiedFiles files,
            ExternalArtifactLister published,
            KeyLocks locks,
            Consumer<ObjectKey> requeue) {}

    /** Call {@link #start()}. */
    public VolumeMaintenance(Volume volume, VolumeOptions options, Clock clock) {
        this(volume, options, clock, ReadThrottle.HALF);
    }

    VolumeMaintenance(Volume volume, VolumeOptions options, Clock clock, ReadThrottle pace) {
        this.published = volume.published();
        this.options = options;
        this.clock = clock;
        this.base = volume.base();
        this.fence = volume.fence();
        this.addresses = new VolumeAddresses(volume.base(), volume.fence());
        this.ownUrl = volume.storage()
                .newArtifact(ExternalArtifactPaths.KIND, "any", "any", "", "any")
                .url();
        this.verification = new VolumeVerification(published, volume.files(), volume.requeue(), pace, counters);
        this.orphans = new OrphanDirectories(
                published,
                volume.storage(),
                new StoredDirectories(volume.base(), clock, volume.fence()),
                volume.locks(),
                counters);
        this.superseded = new SupersededArtifacts(published, volume.storage(), volume.locks());
    }

    /**
     * Makes the volume's identity if it has none, and writes the own address on the volume, which keeps other shards from taking what this one publishes for a copy of
     * what is offered elsewhere. For before the first artifact is published.
     */
    public void announce() throws IOException {
        VolumeIdentity.readOrCreate(base, fence);
        addresses.announce(ownUrl);
    }

    /** Begins; does nothing when it has begun already. */
    public synchronized void start() {
        if (thread != null) {
            return;
        }
        ScheduledExecutorService started =
                Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("volume-maintenance"));
        var unused = started.scheduleWithFixedDelay(
                this::tickOrTell, 0, options.tick().toMillis(), TimeUnit.MILLISECONDS);
        thread = started;
    }

    /**
     * Ends what is under way.
     *
     * @return whether nothing of it runs any more
     */
    public synchronized boolean stop(Duration limit) {
        if (thread == null) {
            return true;
        }
        thread.shutdownNow();
        try {
            boolean ended = thread.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS);
            thread = ended ? null : thread;
            return ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What has been done so far. Thread-safe. */
    public VolumeStats stats() {
        return new VolumeStats(
                counters.verified.sum(),
                counters.corrupted.sum(),
                counters.missing.sum(),
                counters.repaired.sum(),
                verification.broken(),
                counters.orphansRemoved.sum(),
                counters.tempFilesRemoved.sum(),
                lastVerification);
    }

    private void tickOrTell() {
        try {
            tick();
            if (outage.ends()) {
                LOG.info("volume maintenance recovered");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | UncheckedIOException e) {
            tell(e);
        } catch (RuntimeException | Error e) {
            LOG.atError().setCause(e).log("volume maintenance failed unexpectedly; retrying");
        }
    }

    private void tell(Exception problem) {
        (outage.starts() ? LOG.atWarn() : LOG.atDebug())
                .addKeyValue("error", String.valueOf(problem.getMessage()))
                .log("volume maintenance failed; retrying");
    }

    /** Does what is due. */
    void tick() throws IOException, InterruptedException {
        if (!published.synced()) {
            return;
        }
        if (!prepared) {
            addresses.announce(ownUrl);
            addresses.collect(published);
            prepared = true;
        }
        if (isDue(lastVerification, options.verifyEvery())) {
            boolean again = lastVerification != null;
            verification.run(again, this::careMeanwhile);
            lastVerification = clock.instant();
        }
        verification.lookForRepairs();
        sweepIfDue();
    }

    /** A pass over a large volume takes hours; what fails meanwhile does not end it. */
    private void careMeanwhile() throws InterruptedException {
        verification.lookForRepairs();
        try {
            sweepIfDue();
        } catch (IOException | UncheckedIOException e) {
            tell(e);
        }
    }

    private void sweepIfDue() throws IOException, InterruptedException {
        if (isDue(lastSweep, options.sweepEvery())) {
            orphans.sweep(clock, options.orphanGrace(), addresses.read());
            superseded.collect();
            lastSweep = clock.instant();
        }
    }

    private boolean isDue(@Nullable Instant last, Duration every) {
        return last == null || !last.plus(every).isAfter(clock.instant());
    }
}
