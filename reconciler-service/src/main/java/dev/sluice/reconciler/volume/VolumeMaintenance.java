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
 * Maintains the volume in the background while this process leads: verifies stored artifacts, requests repairs and
 * removes orphans. A failed task is retried at the next tick.
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
     * The volume to maintain and its collaborators.
     *
     * @param base the storage path
     * @param fence checked before every write and deletion
     * @param locks the reconciler's locks on artifact names
     * @param requeue requeues a generator
     */
    public record Volume(
            Path base,
            WriteFence fence,
            ArtifactStorage storage,
            VerifiedFiles files,
            ExternalArtifactLister published,
            KeyLocks locks,
            Consumer<ObjectKey> requeue) {}

    /** Creates the maintenance; call {@link #start()} to start it. */
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
     * Creates the volume's identity if it has none, and records this process's address on the volume, so that other
     * shards do not take its artifacts for copies of artifacts served elsewhere. Call before the first artifact is
     * published.
     */
    public void announce() throws IOException {
        VolumeIdentity.readOrCreate(base, fence);
        addresses.announce(ownUrl);
    }

    /** Starts the thread; does nothing if it is running. */
    public synchronized void start() {
        if (thread != null) {
            return;
        }
        ScheduledExecutorService started =
                Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("volume-maintenance"));
        var unused = started.scheduleWithFixedDelay(
                this::tickOrLog, 0, options.tick().toMillis(), TimeUnit.MILLISECONDS);
        thread = started;
    }

    /**
     * Stops the thread and the task in progress.
     *
     * @return whether the thread has ended within the limit
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

    /** Statistics since the start. Thread-safe. */
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

    private void tickOrLog() {
        try {
            tick();
            if (outage.ends()) {
                LOG.info("volume maintenance recovered");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | UncheckedIOException e) {
            logFailure(e);
        } catch (RuntimeException | Error e) {
            LOG.atError().setCause(e).log("volume maintenance failed unexpectedly; retrying");
        }
    }

    private void logFailure(Exception problem) {
        (outage.starts() ? LOG.atWarn() : LOG.atDebug())
                .addKeyValue("error", String.valueOf(problem.getMessage()))
                .log("volume maintenance failed; retrying");
    }

    /** Runs the tasks that are due. */
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
            verification.run(again, this::runDueTasks);
            lastVerification = clock.instant();
        }
        verification.lookForRepairs();
        sweepIfDue();
    }

    /** Runs other due tasks during a verification, which takes hours on a large volume; a failure does not end it. */
    private void runDueTasks() throws InterruptedException {
        verification.lookForRepairs();
        try {
            sweepIfDue();
        } catch (IOException | UncheckedIOException e) {
            logFailure(e);
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
