package dev.sluice.server.volume;

import dev.sluice.artifact.storage.StoredNames;
import dev.sluice.server.ArtifactServerSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Counts from time to time what the volume holds, for the metrics only. */
@Component
final class StorageScan {

    private static final Logger log = LoggerFactory.getLogger(StorageScan.class);
    private static final int MAX_ENTRIES = 1_000_000;

    private final Path base;
    private volatile Totals totals = new Totals(0, 0);

    private record Totals(long artifacts, long bytes) {}

    StorageScan(ArtifactServerSettings settings, MeterRegistry registry) {
        this.base = settings.storagePath();
        Gauge.builder("sluice.storage.artifacts", () -> totals.artifacts)
                .description("Artifacts on the volume at the last scan, at most a million entries are looked at")
                .register(registry);
        Gauge.builder("sluice.storage.bytes", () -> totals.bytes)
                .description("Bytes of the artifacts on the volume at the last scan")
                .register(registry);
    }

    @Scheduled(initialDelay = 5, fixedDelay = 60, timeUnit = TimeUnit.SECONDS)
    void scan() {
        Count count = new Count();
        try {
            Files.walkFileTree(base, count);
            totals = new Totals(count.artifacts, count.bytes);
        } catch (IOException e) {
            // VolumeWatch tells of a volume that cannot be read; the old totals stand
            log.atDebug().addKeyValue("error", e.toString()).log("cannot scan the volume");
        }
    }

    private final class Count extends SimpleFileVisitor<Path> {

        private long entries;
        private long artifacts;
        private long bytes;

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            boolean served = directory.equals(base)
                    || StoredNames.isServable(directory.getFileName().toString());
            return served ? next() : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()
                    && StoredNames.isServable(file.getFileName().toString())) {
                artifacts++;
                bytes += attributes.size();
            }
            return next();
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            // collected while scanning; only the base itself must be there
            if (file.equals(base)) {
                throw e;
            }
            return next();
        }

        private FileVisitResult next() {
            return ++entries < MAX_ENTRIES && !Thread.currentThread().isInterrupted()
                    ? FileVisitResult.CONTINUE
                    : FileVisitResult.TERMINATE;
        }
    }
}
