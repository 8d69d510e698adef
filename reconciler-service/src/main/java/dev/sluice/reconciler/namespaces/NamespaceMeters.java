package dev.sluice.reconciler.namespaces;

import dev.sluice.toolkit.meta.ObjectKey;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what happens to namespaces, by generator. Thread-safe. */
final class NamespaceMeters {

    private final MeterRegistry registry;
    private final Map<ObjectKey, Map<Result, Counter>> counters = new ConcurrentHashMap<>();

    NamespaceMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    private enum Result {
        ADOPTED,
        TAKEN_OVER,
        PRUNED,
        REFUSED
    }

    void count(ObjectKey generator, NamespaceResults results, int refusals) {
        add(generator, Result.ADOPTED, changes(results, NamespaceChange.Kind.ADOPTED));
        add(generator, Result.TAKEN_OVER, changes(results, NamespaceChange.Kind.TAKEN_OVER));
        add(
                generator,
                Result.PRUNED,
                results.pruned().stream()
                        .filter(pruned -> pruned.kind() == PruneResult.Kind.DELETED)
                        .count());
        add(generator, Result.REFUSED, refusals);
    }

    private static long changes(NamespaceResults results, NamespaceChange.Kind kind) {
        return results.changes().stream()
                .filter(change -> change.kind() == kind)
                .count();
    }

    private void add(ObjectKey generator, Result result, long count) {
        if (count > 0) {
            Objects.requireNonNull(
                            counters.computeIfAbsent(generator, this::register).get(result))
                    .increment((double) count);
        }
    }

    private Map<Result, Counter> register(ObjectKey generator) {
        Map<Result, Counter> registered = new EnumMap<>(Result.class);
        for (Result result : Result.values()) {
            registered.put(
                    result,
                    Counter.builder("sluice.namespaces")
                            .description("Namespaces that generators adopted, took over or pruned, or were refused")
                            .tags(
                                    "result", result.name().toLowerCase(Locale.ROOT),
                                    "name", generator.name(),
                                    "namespace", generator.namespace())
                            .register(registry));
        }
        return registered;
    }

    /** Removes the counters of a generator that is gone. */
    void forget(ObjectKey generator) {
        Map<Result, Counter> removed = counters.remove(generator);
        if (removed != null) {
            removed.values().forEach(registry::remove);
        }
    }
}
