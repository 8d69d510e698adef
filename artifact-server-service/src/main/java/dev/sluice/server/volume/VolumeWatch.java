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
 * Looks at the volume's identity, so that an empty or wrong mount is never taken for missing artifacts. The first
 * identity seen is the right one for the life of this process. Thread-safe.
 */
@Component
public final class VolumeWatch {

    private static final Logger LOG = LoggerFactory.getLogger(VolumeWatch.class);
    private static final int PERIOD_SECONDS = 2;

    /** How long a look is good for while the mark stays the same. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** A look that hangs, as on a dead network file system, leaves the last result to grow old. */
    private static final Duration MAX_AGE = Duration.ofSeconds(15);

    private final Path base;
    private final ServedFiles files;
    private final AtomicReference<VolumeIdentity> first = new AtomicReference<>();
    private final LongSupplier nanoTime;
    private volatile Look last;

    private record Look(VolumeStatus status, VolumeMark mark, long atNanos) {}

    @Autowired
    VolumeWatch(ArtifactServerSettings settings, ServedFiles files) {
        this(settings, files, System::nanoTime);
    }

    VolumeWatch(ArtifactServerSettings settings, ServedFiles files, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.last = new Look(
                VolumeStatus.unusable("the volume was not looked at yet"),
                VolumeMark.NONE,
                nanoTime.getAsLong() - FRESH.toNanos());
        this.base = settings.storagePath();
        this.files = files;
        if (!Files.isDirectory(base)) {
            throw new StartFailureException("--storage-path: \"" + base
                    + "\" is not a directory that can be read; mount the volume there, or name its directory");
        }
    }

    /** The last result, without touching the volume: it never blocks. */
    public VolumeStatus latest() {
        Look look = last;
        long age = nanoTime.getAsLong() - look.atNanos;
        return age > MAX_AGE.toNanos()
                ? VolumeStatus.unusable(
                        "volume \"" + base + "\" has not answered for " + TimeUnit.NANOSECONDS.toSeconds(age) + " s")
                : look.status;
    }

    /**
     * The result of a look within the last second, unless the volume's mark shows that it changed since; else a look,
     * one at a time, which may take as long as the file system does. So requests for what does not exist, which anyone
     * who can connect may send, do not read the volume each.
     */
    public VolumeStatus current() {
        Look look = last;
        return isCurrent(look) ? look.status : lookUnlessCurrent();
    }

    private synchronized VolumeStatus lookUnlessCurrent() {
        Look look = last;
        return isCurrent(look) ? look.status : lookNow();
    }

    private boolean isCurrent(Look look) {
        return nanoTime.getAsLong() - look.atNanos < FRESH.toNanos() && look.mark.equals(VolumeMark.of(base));
    }

    @Scheduled(fixedDelay = PERIOD_SECONDS, timeUnit = TimeUnit.SECONDS)
    synchronized void refresh() {
        lookNow();
    }

    private VolumeStatus lookNow() {
        VolumeMark mark = VolumeMark.of(base);
        VolumeStatus status = look();
        if (!status.equals(last.status)) {
            LOG.atInfo().addKeyValue("ready", status.ready()).log(status.detail());
        }
        last = new Look(status, mark, nanoTime.getAsLong());
        return status;
    }

    private VolumeStatus look() {
        try {
            files.checkReadable();
            Path artifacts = base.resolve(ExternalArtifactPaths.DIRECTORY);
            if (Files.isDirectory(artifacts) && !mayBeRead(artifacts)) {
                return VolumeStatus.unusable("user \"" + System.getProperty("user.name") + "\" may not read \""
                        + artifacts + "\": give the reconciler --storage-group-readable and both the same group");
            }
            return VolumeIdentity.read(base)
                    .map(this::compare)
                    .orElseGet(() -> VolumeStatus.unusable("volume \"" + base + "\" has no " + VolumeIdentity.FILE_NAME
                            + ": it is an empty mount point, or the reconciler has not begun to use it"));
        } catch (IOException e) {
            return VolumeStatus.unusable("volume \"" + base + "\" cannot be read: " + e);
        }
    }

    private static boolean mayBeRead(Path directory) {
        return Files.isReadable(directory) && Files.isExecutable(directory);
    }

    private VolumeStatus compare(VolumeIdentity seen) {
        VolumeIdentity right =
                Optional.ofNullable(first.compareAndExchange(null, seen)).orElse(seen);
        return right.equals(seen)
                ? VolumeStatus.usable("serving volume " + seen.id() + " at \"" + base + "\"")
                : VolumeStatus.other("volume \"" + base + "\" is " + seen.id() + " now and was " + right.id()
                        + " at first; restart this server if the new one is right");
    }
}
