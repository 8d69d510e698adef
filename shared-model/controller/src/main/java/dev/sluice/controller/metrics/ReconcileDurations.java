package dev.sluice.controller.metrics;

import dev.sluice.controller.queue.Reconciler;
import dev.sluice.controller.queue.Result;
import dev.sluice.toolkit.meta.ObjectKey;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The metric {@code gotk_reconcile_duration_seconds} by object, wrapped around a reconciler. Each existing object has
 * one series; the run that finds an object deleted removes its series. Thread-safe.
 */
public final class ReconcileDurations implements Reconciler<ObjectKey> {

    private final Reconciler<ObjectKey> reconciler;
    private final MeterRegistry registry;
    private final String kind;
    private final Predicate<ObjectKey> exists;
    private final Map<ObjectKey, Timer> timers = new ConcurrentHashMap<>();

    /**
     * Measures the runs of a reconciler.
     *
     * @param kind kind of the objects, for example {@code GitRepository}
     * @param exists whether the object exists; called after each run, so it should read from a cache
     */
    public ReconcileDurations(
            Reconciler<ObjectKey> reconciler, MeterRegistry registry, String kind, Predicate<ObjectKey> exists) {
        this.reconciler = reconciler;
        this.registry = registry;
        this.kind = kind;
        this.exists = exists;
    }

    @Override
    public Result reconcile(ObjectKey key) throws Exception {
        Timer.Sample sample = Timer.start(registry);
        try {
            return reconciler.reconcile(key);
        } finally {
            if (exists.test(key)) {
                sample.stop(timers.computeIfAbsent(key, this::register));
            } else {
                forget(key);
            }
        }
    }

    @Override
    public Map<String, String> logFields(ObjectKey key) {
        return reconciler.logFields(key);
    }

    private void forget(ObjectKey key) {
        Timer timer = timers.remove(key);
        if (timer != null) {
            registry.remove(timer);
        }
    }

    private Timer register(ObjectKey key) {
        return Timer.builder("gotk.reconcile.duration")
                .description("Duration of the reconciliations of an object")
                .tags("kind", kind, "name", key.name(), "namespace", key.namespace())
                .serviceLevelObjectives(Buckets.ofObjects())
                .register(registry);
    }
}
