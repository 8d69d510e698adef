package dev.sluice.server.volume;

import dev.sluice.server.ArtifactServerSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.TriggerContext;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/**
 * Counts from time to time what the volume holds, for the metrics only. It walks the whole volume, so it takes at most a
 * twentieth of the time, and none where it is switched off.
 */
@Component
final class StorageScan implements SchedulingConfigurer {

    private static final Logger LOG = LoggerFactory.getLogger(StorageScan.class);
    private static final Duration FIRST = Duration.ofSeconds(5);

    /** The pause after a scan is at least so many times as long as the scan. */
    private static final int PAUSE_TIMES = 20;

    private final Path base;
    private final Duration interval;
    private volatile Totals totals;

    private record Totals(double artifacts, double bytes) {}

    StorageScan(ArtifactServerSettings settings, MeterRegistry registry) {
        this.base = settings.storagePath();
        this.interval = settings.storageScanInterval();
        this.totals = isOff() ? new Totals(Double.NaN, Double.NaN) : new Totals(0, 0);
        Gauge.builder("sluice.storage.artifacts", () -> totals.artifacts)
                .description("Artifacts on the volume at the last scan, at most a million entries are looked at; "
                        + "NaN without scans")
                .register(registry);
        Gauge.builder("sluice.storage.bytes", () -> totals.bytes)
                .description("Bytes of the artifacts on the volume at the last scan; NaN without scans")
                .register(registry);
    }

    private boolean isOff() {
        return interval.isZero();
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        if (!isOff()) {
            tasks.addTriggerTask(this::scan, this::next);
        }
    }

    Instant next(TriggerContext context) {
        Instant begun = context.lastActualExecution();
        Instant ended = context.lastCompletion();
        if (begun == null || ended == null) {
            return context.getClock().instant().plus(FIRST);
        }
        Duration pause = Duration.between(begun, ended).multipliedBy(PAUSE_TIMES);
        return ended.plus(pause.compareTo(interval) > 0 ? pause : interval);
    }

    void scan() {
        VolumeCount count = new VolumeCount(base);
        try {
            Files.walkFileTree(base, count);
            if (!Thread.currentThread().isInterrupted()) {
                totals = new Totals(count.artifacts(), count.bytes());
            }
            count.firstFailure()
                    .ifPresent(failure -> LOG.atDebug()
                            .addKeyValue("unreadable", count.failures())
                            .addKeyValue("error", failure.toString())
                            .log("cannot scan all of the volume"));
        } catch (IOException e) {
            // VolumeWatch tells of a volume that cannot be read; the old totals stand
            LOG.atDebug().addKeyValue("error", e.toString()).log("cannot scan the volume");
        }
    }
}
