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
 * Scans the volume periodically, for the storage metrics. A scan reads all directories, so scans take at most a
 * twentieth of the time. They can be disabled.
 */
@Component
final class StorageScan implements SchedulingConfigurer {

    private static final Logger LOG = LoggerFactory.getLogger(StorageScan.class);
    private static final Duration INITIAL_DELAY = Duration.ofSeconds(5);

    /** Minimum pause after a scan, as a multiple of the duration of the scan. */
    private static final int PAUSE_FACTOR = 20;

    private final Path base;
    private final Duration interval;
    private volatile Totals totals;

    private record Totals(double artifacts, double bytes) {}

    StorageScan(ArtifactServerSettings settings, MeterRegistry registry) {
        this.base = settings.storagePath();
        this.interval = settings.storageScanInterval();
        this.totals = isDisabled() ? new Totals(Double.NaN, Double.NaN) : new Totals(0, 0);
        Gauge.builder("sluice.storage.artifacts", () -> totals.artifacts)
                .description("Artifacts on the volume at the last scan, which reads at most a million entries; "
                        + "NaN without scans")
                .register(registry);
        Gauge.builder("sluice.storage.bytes", () -> totals.bytes)
                .description("Bytes of the artifacts on the volume at the last scan; NaN without scans")
                .register(registry);
    }

    private boolean isDisabled() {
        return interval.isZero();
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        if (!isDisabled()) {
            tasks.addTriggerTask(this::scan, this::next);
        }
    }

    Instant next(TriggerContext context) {
        Instant started = context.lastActualExecution();
        Instant ended = context.lastCompletion();
        if (started == null || ended == null) {
            return context.getClock().instant().plus(INITIAL_DELAY);
        }
        Duration pause = Duration.between(started, ended).multipliedBy(PAUSE_FACTOR);
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
                            .log("cannot scan parts of the volume"));
        } catch (IOException e) {
            // VolumeWatch reports an unreadable volume; the previous totals remain
            LOG.atDebug().addKeyValue("error", e.toString()).log("cannot scan the volume");
        }
    }
}
