package dev.sluice.reconciler;

import dev.sluice.reconciler.volume.VolumeMaintenance;
import dev.sluice.reconciler.volume.VolumeStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Instant;
import java.util.function.ToLongFunction;

/** What the care for the volume has found and done. */
record VolumeMeters(VolumeMaintenance keeper) implements MeterBinder {

    @Override
    public void bindTo(MeterRegistry registry) {
        counter(registry, "verified", "Stored artifacts found whole, in each pass", VolumeStats::verified);
        counter(registry, "corrupted", "Stored artifacts found with another digest", VolumeStats::corrupted);
        counter(registry, "missing", "Stored artifacts found without their file", VolumeStats::missing);
        counter(registry, "repaired", "Corrupted and missing artifacts that are whole again", VolumeStats::repaired);
        counter(
                registry,
                "orphans.removed",
                "Directories removed because no ExternalArtifact points at them",
                VolumeStats::orphansRemoved);
        counter(
                registry,
                "temp.files.removed",
                "Temp files removed that killed processes had left",
                VolumeStats::tempFilesRemoved);
        gauge(registry, "broken", "Artifacts that are corrupted or missing now", VolumeStats::broken);
        gauge(
                registry,
                "last.verification.timestamp.seconds",
                "Unix time of the end of the last whole verification; 0 before the first",
                VolumeMeters::lastVerification);
    }

    private static long lastVerification(VolumeStats stats) {
        Instant last = stats.lastVerification();
        return last == null ? 0 : last.getEpochSecond();
    }

    private void counter(MeterRegistry registry, String name, String description, ToLongFunction<VolumeStats> value) {
        FunctionCounter.builder("sluice.volume." + name, keeper, from -> value.applyAsLong(from.stats()))
                .description(description)
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToLongFunction<VolumeStats> value) {
        Gauge.builder("sluice.volume." + name, keeper, from -> value.applyAsLong(from.stats()))
                .description(description)
                .register(registry);
    }
}
