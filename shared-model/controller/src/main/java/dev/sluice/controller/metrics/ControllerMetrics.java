package dev.sluice.controller.metrics;

import dev.sluice.controller.queue.ControllerListener;
import dev.sluice.controller.queue.ControllerOptions;
import dev.sluice.controller.queue.QueueStats;
import dev.sluice.controller.queue.RunOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The metrics {@code controller_runtime_*} and {@code workqueue_*} of one controller. Every series starts at zero.
 * Register it as the controller's listener, and pass the controller's {@code stats} to {@link #watch}. Thread-safe.
 */
public final class ControllerMetrics implements ControllerListener {

    private static final String RUNTIME = "controller.runtime.";
    private static final double NANOS = 1e9;

    private final MeterRegistry registry;
    private final Tags controller;
    private final Tags queue;
    private final Map<String, Counter> results;
    private final Counter errors;
    private final Counter terminalErrors;
    private final Counter panics;
    private final Counter timeouts;
    private final Timer runs;
    private final Counter added;
    private final Counter retries;
    private final Timer waited;
    private final Timer worked;

    /** Registers the series of a controller; its name becomes the labels {@code controller} and {@code name}. */
    public ControllerMetrics(MeterRegistry registry, ControllerOptions options) {
        this.registry = registry;
        this.controller = Tags.of("controller", options.name());
        this.queue = controller.and("name", options.name());
        this.results = Stream.of("success", "error", "requeue", "requeue_after")
                .collect(Collectors.toMap(
                        result -> result,
                        result -> counter(
                                RUNTIME + "reconcile", "Reconciliations by result", controller.and("result", result))));
        this.errors = counter(RUNTIME + "reconcile.errors", "Failed reconciliations", controller);
        this.terminalErrors = counter(
                RUNTIME + "terminal.reconcile.errors", "Reconciliations that failed with a terminal error", controller);
        this.panics = counter(
                RUNTIME + "reconcile.panics", "Reconciliations that ended with an unchecked exception", controller);
        this.timeouts =
                counter(RUNTIME + "reconcile.timeouts", "Reconciliations that exceeded their time limit", controller);
        this.runs =
                timer(RUNTIME + "reconcile.time", "Duration of reconciliations", controller, Buckets.ofReconcilers());
        this.added = counter("workqueue.adds", "Keys added to the queue", queue);
        this.retries = counter("workqueue.retries", "Keys retried after a failure", queue);
        this.waited =
                timer("workqueue.queue.duration", "Time that keys waited in the queue", queue, Buckets.ofQueues());
        this.worked = timer("workqueue.work.duration", "Time that keys were processed", queue, Buckets.ofQueues());
        Gauge.builder(RUNTIME + "max.concurrent.reconciles", options::workers)
                .description("Worker threads")
                .tags(controller)
                .register(registry);
    }

    /** Registers the gauges for the current state of the queue. */
    public void watch(Supplier<QueueStats> stats) {
        gauge(RUNTIME + "active.workers", "Busy workers", controller, stats, QueueStats::active);
        gauge("workqueue.depth", "Keys ready to be taken", queue.and("priority", "0"), stats, QueueStats::depth);
        gauge(
                "workqueue.unfinished.work.seconds",
                "Sum of the processing times of the keys in progress",
                queue,
                stats,
                now -> seconds(now.unfinished()));
        gauge(
                "workqueue.longest.running.processor.seconds",
                "Processing time of the oldest key in progress",
                queue,
                stats,
                now -> seconds(now.longestRunning()));
    }

    @Override
    public void added() {
        added.increment();
    }

    @Override
    public void taken(Duration time) {
        waited.record(time);
    }

    @Override
    public void retried() {
        retries.increment();
    }

    /** Records the duration of every run; a run that was abandoned at shutdown has no result. */
    @Override
    public void finished(RunOutcome outcome, Duration took) {
        runs.record(took);
        worked.record(took);
        switch (outcome) {
            case SUCCESS -> result("success");
            case REQUEUE -> result("requeue");
            case REQUEUE_AFTER -> result("requeue_after");
            case ERROR -> failed(null);
            case TERMINAL_ERROR -> failed(terminalErrors);
            case PANIC -> failed(panics);
            case TIMEOUT -> failed(timeouts);
            case ABANDONED -> {}
        }
    }

    private void failed(@Nullable Counter kind) {
        result("error");
        errors.increment();
        if (kind != null) {
            kind.increment();
        }
    }

    private void result(String result) {
        Objects.requireNonNull(results.get(result)).increment();
    }

    private Counter counter(String name, String description, Tags tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    private Timer timer(String name, String description, Tags tags, Duration[] buckets) {
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    private void gauge(
            String name, String description, Tags tags, Supplier<QueueStats> stats, ToDoubleFunction<QueueStats> part) {
        Gauge.builder(name, () -> part.applyAsDouble(stats.get()))
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private static double seconds(Duration time) {
        return time.toNanos() / NANOS;
    }
}
