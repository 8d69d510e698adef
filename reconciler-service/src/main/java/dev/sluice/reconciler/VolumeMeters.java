package dev.sluice.reconciler;

import dev.sluice.reconciler.volume.VolumeMaintenance;
import dev.sluice.reconciler.volume.VolumeStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Instant;
import java.util.function.ToLongFunction;

/** Metrics of the volume maintenance. */
record VolumeMeters(VolumeMaintenance maintenance) implements MeterBinder {

    @Override
    public void bindTo(MeterRegistry registry) {
        counter(registry, "verified", "Stored artifacts found intact, counted in each pass", VolumeStats::verified);
        counter(registry, "corrupted", "Stored artifacts with a wrong digest", VolumeStats::corrupted);
        counter(registry, "missing", "Stored artifacts whose file is missing", VolumeStats::missing);
        counter(registry, "repaired", "Corrupted or missing artifacts that were repaired", VolumeStats::repaired);
        counter(
                registry,
                "orphans.removed",
                "Directories removed because no ExternalArtifact points at them",
                VolumeStats::orphansRemoved);
        counter(
                registry,
                "temp.files.removed",
                "Temporary files of killed processes removed",
                VolumeStats::tempFilesRemoved);
        gauge(registry, "broken", "Artifacts currently corrupted or missing", VolumeStats::broken);
        gauge(
                registry,
                "last.verification.timestamp.seconds",
                "Unix time of the end of the last complete verification; 0 before the first",
                VolumeMeters::lastVerification);
    }

    private static long lastVerification(VolumeStats stats) {
        Instant last = stats.lastVerification();
        return last == null ? 0 : last.getEpochSecond();
    }

    private void counter(MeterRegistry registry, String name, String description, ToLongFunction<VolumeStats> value) {
        FunctionCounter.builder("sluice.volume." + name, maintenance, from -> value.applyAsLong(from.stats()))
                .description(description)
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToLongFunction<VolumeStats> value) {
        Gauge.builder("sluice.volume." + name, maintenance, from -> value.applyAsLong(from.stats()))
                .description(description)
                .register(registry);
    }
}
