package dev.sluice.server.volume;

import dev.sluice.artifact.server.ServedFiles;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Looks at the volume's identity, so that an empty or wrong mount is never taken for missing artifacts. The first
 * identity seen is the right one for the life of this process. Thread-safe.
 */
@Component
public final class VolumeWatch {

    private static final Logger log = LoggerFactory.getLogger(VolumeWatch.class);
    private static final int PERIOD_SECONDS = 2;

    /** Where the reconciler's artifacts are. */
    private static final String ARTIFACTS = "externalartifact";

    /** A look that hangs, as on a dead network file system, leaves the last result to grow old. */
    private static final Duration MAX_AGE = Duration.ofSeconds(15);

    private final Path base;
    private final ServedFiles files;
    private final AtomicReference<VolumeIdentity> first = new AtomicReference<>();
    private volatile Look last = new Look(VolumeStatus.unusable("the volume was not looked at yet"), System.nanoTime());

    private record Look(VolumeStatus status, long atNanos) {}

    VolumeWatch(ArtifactServerSettings settings, ServedFiles files) {
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
        long age = System.nanoTime() - look.atNanos;
        return age > MAX_AGE.toNanos()
                ? VolumeStatus.unusable(
                        "volume \"" + base + "\" has not answered for " + TimeUnit.NANOSECONDS.toSeconds(age) + " s")
                : look.status;
    }

    /** A fresh look, which may take as long as the file system does. */
    public VolumeStatus look() {
        try {
            files.checkReadable();
            Path artifacts = base.resolve(ARTIFACTS);
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

    @Scheduled(fixedDelay = PERIOD_SECONDS, timeUnit = TimeUnit.SECONDS)
    void refresh() {
        VolumeStatus status = look();
        if (!status.equals(last.status)) {
            log.atInfo().addKeyValue("ready", status.ready()).log(status.detail());
        }
        last = new Look(status, System.nanoTime());
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
