package dev.sluice.server.volume;

import dev.sluice.artifact.server.ServedFiles;
import dev.sluice.artifact.storage.ExternalArtifactPaths;
import dev.sluice.artifact.storage.VolumeIdentity;
import dev.sluice.runtime.StartFailureException;
import dev.sluice.server.ArtifactServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Checks the volume's identity, so that an empty or wrong mount is not mistaken for missing artifacts. The first identity
 * is the expected one for the lifetime of this process. Thread-safe.
 */
@Component
public final class VolumeWatch {

    private static final Logger LOG = LoggerFactory.getLogger(VolumeWatch.class);
    private static final int PERIOD_SECONDS = 2;

    /** How long a result is valid while the fingerprint is unchanged. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** A result expires after this time, in case a check hangs, as on an unresponsive network file system. */
    private static final Duration MAX_AGE = Duration.ofSeconds(15);

    private final Path base;
    private final ServedFiles files;
    private final AtomicReference<VolumeIdentity> first = new AtomicReference<>();
    private final LongSupplier nanoTime;
    private volatile Result last;

    private record Result(VolumeStatus status, VolumeFingerprint fingerprint, long atNanos) {}

    @Autowired
    VolumeWatch(ArtifactServerSettings settings, ServedFiles files) {
        this(settings, files, System::nanoTime);
    }

    VolumeWatch(ArtifactServerSettings settings, ServedFiles files, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.last = new Result(
                VolumeStatus.unusable("volume is not checked yet"),
                VolumeFingerprint.NONE,
                nanoTime.getAsLong() - FRESH.toNanos());
        this.base = settings.storagePath();
        this.files = files;
        if (!Files.isDirectory(base)) {
            throw new StartFailureException("--storage-path: \"" + base
                    + "\" is not a readable directory; mount the volume there, or correct the path");
        }
    }

    /** Returns the last result without access to the volume; never blocks. */
    public VolumeStatus latest() {
        Result result = last;
        long age = nanoTime.getAsLong() - result.atNanos;
        return age > MAX_AGE.toNanos()
                ? VolumeStatus.unusable(
                        "volume \"" + base + "\" has not responded for " + TimeUnit.NANOSECONDS.toSeconds(age) + " s")
                : result.status;
    }

    /**
     * Returns a result that is at most one second old and whose fingerprint is unchanged; otherwise checks the volume,
     * which can block. Only one check runs at a time. This limits the volume reads that requests for missing artifacts,
     * which any client can send, cause.
     */
    public VolumeStatus current() {
        Result result = last;
        return isCurrent(result) ? result.status : checkUnlessCurrent();
    }

    private synchronized VolumeStatus checkUnlessCurrent() {
        Result result = last;
        return isCurrent(result) ? result.status : checkNow();
    }

    private boolean isCurrent(Result result) {
        return nanoTime.getAsLong() - result.atNanos < FRESH.toNanos()
                && result.fingerprint.equals(VolumeFingerprint.of(base));
    }

    @Scheduled(fixedDelay = PERIOD_SECONDS, timeUnit = TimeUnit.SECONDS)
    synchronized void refresh() {
        checkNow();
    }

    private VolumeStatus checkNow() {
        VolumeFingerprint fingerprint = VolumeFingerprint.of(base);
        VolumeStatus status = check();
        if (!status.equals(last.status)) {
            LOG.atInfo().addKeyValue("ready", status.ready()).log(status.detail());
        }
        last = new Result(status, fingerprint, nanoTime.getAsLong());
        return status;
    }

    private VolumeStatus check() {
        try {
            files.checkReadable();
            Path artifacts = base.resolve(ExternalArtifactPaths.DIRECTORY);
            if (Files.isDirectory(artifacts) && !isAccessible(artifacts)) {
                return VolumeStatus.unusable(
                        "user \"" + System.getProperty("user.name") + "\" cannot read \"" + artifacts
                                + "\": set --storage-group-readable on the reconciler, and run both with the same group");
            }
            return VolumeIdentity.read(base)
                    .map(this::compare)
                    .orElseGet(() -> VolumeStatus.unusable("volume \"" + base + "\" has no " + VolumeIdentity.FILE_NAME
                            + ": empty mount point, or not initialized by the reconciler yet"));
        } catch (IOException e) {
            return VolumeStatus.unusable("volume \"" + base + "\" cannot be read: " + e);
        }
    }

    private static boolean isAccessible(Path directory) {
        return Files.isReadable(directory) && Files.isExecutable(directory);
    }

    private VolumeStatus compare(VolumeIdentity seen) {
        VolumeIdentity expected =
                Optional.ofNullable(first.compareAndExchange(null, seen)).orElse(seen);
        return expected.equals(seen)
                ? VolumeStatus.usable("serving volume " + seen.id() + " at \"" + base + "\"")
                : VolumeStatus.other("volume \"" + base + "\" was replaced: expected " + expected.id() + ", found "
                        + seen.id() + "; restart the artifact server if this is intended");
    }
}
