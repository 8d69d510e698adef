package dev.sluice.reconciler;

import dev.sluice.controller.event.EventRecorder;
import dev.sluice.controller.informer.Informers;
import dev.sluice.controller.metrics.ControllerMetrics;
import dev.sluice.controller.metrics.EventMetrics;
import dev.sluice.controller.metrics.InformerMetrics;
import dev.sluice.controller.queue.ControllerOptions;
import dev.sluice.reconciler.budget.PoolStats;
import dev.sluice.reconciler.budget.ProcessBudget;
import dev.sluice.reconciler.cluster.GeneratorInformers;
import dev.sluice.reconciler.generator.GeneratorController;
import dev.sluice.reconciler.history.RunHistory;
import dev.sluice.reconciler.history.RunListener;
import dev.sluice.reconciler.publish.ArtifactStats;
import dev.sluice.reconciler.source.SourceCache;
import dev.sluice.reconciler.source.SourceCacheStats;
import dev.sluice.reconciler.stage.Stage;
import dev.sluice.reconciler.stage.Stages;
import dev.sluice.reconciler.volume.VolumeMaintenance;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Metrics of this service; docs/troubleshooting.md describes them. */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

    private static final Duration[] STAGE_BUCKETS = LongStream.of(
                    1, 5, 10, 50, 100, 500, 1_000, 5_000, 10_000, 30_000, 60_000, 300_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    @Bean
    ControllerMetrics controllerMetrics(MeterRegistry registry, ControllerOptions controller) {
        return new ControllerMetrics(registry, controller);
    }

    @Bean
    Stages stages(MeterRegistry registry, Optional<RunHistory> history) {
        Map<Stage, Timer> timers = new EnumMap<>(Stage.class);
        for (Stage stage : Stage.values()) {
            timers.put(
                    stage,
                    Timer.builder("sluice.stage.duration")
                            .description("Duration of the stages of reconciliations")
                            .tags("stage", stage.label())
                            .serviceLevelObjectives(STAGE_BUCKETS)
                            .register(registry));
        }
        Stages.Listener metrics = (stage, subject, took) ->
                Objects.requireNonNull(timers.get(stage)).record(took);
        return new Stages(history.<Stages.Listener>map(metrics::and).orElse(metrics));
    }

    @Bean
    GeneratorController.Measures measures(MeterRegistry registry, Stages stages, Optional<RunHistory> history) {
        return new GeneratorController.Measures(
                registry,
                stages,
                new ArtifactStats(),
                history.<RunListener>map(runs -> runs).orElse(RunListener.NONE));
    }

    @Bean
    MeterBinder sourceCacheMeters(SourceCache cache) {
        SourceCacheStats stats = cache.stats();
        return registry -> {
            counter(registry, "sluice.source.cache.hits", "Sources found in the cache", stats, SourceCacheStats::hits);
            counter(
                    registry,
                    "sluice.source.cache.misses",
                    "Sources not in the cache",
                    stats,
                    SourceCacheStats::misses);
            counter(
                    registry,
                    "sluice.source.cache.evictions",
                    "Sources evicted from the cache",
                    stats,
                    SourceCacheStats::evictions);
            counter(
                    registry,
                    "sluice.source.fetched.bytes",
                    "Bytes downloaded from sources",
                    stats,
                    SourceCacheStats::fetchedBytes);
            gauge(registry, "sluice.source.cache.bytes", "Disk and heap used by cached sources", stats::bytes);
            gauge(registry, "sluice.source.cache.trees", "Sources in the cache", stats::trees);
        };
    }

    @Bean
    MeterBinder budgetMeters(ProcessBudget budget) {
        return registry -> {
            pool(registry, "heap", budget::heap);
            pool(registry, "disk", budget::disk);
        };
    }

    private static void pool(MeterRegistry registry, String resource, Supplier<PoolStats> stats) {
        gauge(
                registry,
                "sluice.budget.used.bytes",
                "Used part of the budget, idle cache included",
                resource,
                () -> stats.get().usedBytes());
        gauge(
                registry,
                "sluice.budget.limit.bytes",
                "Size of the budget",
                resource,
                () -> stats.get().limitBytes());
        gauge(
                registry,
                "sluice.budget.waiting",
                "Generators waiting for budget",
                resource,
                () -> stats.get().waiting());
    }

    private static void gauge(
            MeterRegistry registry, String name, String description, String resource, LongSupplier value) {
        Gauge.builder(name, value::getAsLong)
                .description(description)
                .tags(Tags.of("resource", resource))
                .register(registry);
    }

    @Bean
    MeterBinder artifactMeters(GeneratorController.Measures measures) {
        ArtifactStats stats = measures.artifacts();
        return registry -> {
            artifacts(registry, stats, "rebuilt", ArtifactStats::rebuilt);
            artifacts(registry, stats, "skipped", ArtifactStats::skipped);
            counter(
                    registry,
                    "sluice.artifact.written.bytes",
                    "Bytes of the artifact files written",
                    stats,
                    ArtifactStats::writtenBytes);
        };
    }

    @Bean
    MeterBinder volumeMeters(VolumeMaintenance maintenance) {
        return new VolumeMeters(maintenance);
    }

    @Bean
    MeterBinder eventMeters(EventRecorder events) {
        return registry -> EventMetrics.register(events, registry);
    }

    /** @param watched injected so that all informers exist */
    @Bean
    MeterBinder informerMeters(Informers informers, GeneratorInformers watched) {
        return registry -> InformerMetrics.register(informers, registry);
    }

    private static void artifacts(
            MeterRegistry registry, ArtifactStats stats, String result, ToDoubleFunction<ArtifactStats> value) {
        FunctionCounter.builder("sluice.artifacts", stats, value)
                .description("Artifacts of runs: rebuilt, or skipped because an intact file existed")
                .tags(Tags.of("result", result))
                .register(registry);
    }

    private static <T> void counter(
            MeterRegistry registry, String name, String description, T stats, ToDoubleFunction<T> value) {
        FunctionCounter.builder(name, stats, value).description(description).register(registry);
    }

    private static void gauge(MeterRegistry registry, String name, String description, LongSupplier value) {
        Gauge.builder(name, value::getAsLong).description(description).register(registry);
    }
}
