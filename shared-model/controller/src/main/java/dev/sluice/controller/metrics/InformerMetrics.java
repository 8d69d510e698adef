package dev.sluice.controller.metrics;

import dev.sluice.controller.informer.Informers;
import dev.sluice.toolkit.meta.ApiKind;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Metrics of unreadable objects by kind: {@code sluice_objects_set_aside} (current number) and {@code
 * sluice_objects_unreadable_total} (how often one was found).
 */
public final class InformerMetrics {

    private InformerMetrics() {}

    /** Registers the meters for the informers that have been added so far. */
    public static void register(Informers informers, MeterRegistry registry) {
        for (ApiKind kind : informers.kinds()) {
            Gauge.builder("sluice.objects.set.aside", informers, all -> all.countSetAside(kind))
                    .description("Objects that cannot be read and are treated as absent")
                    .tags("kind", kind.kind())
                    .register(registry);
            FunctionCounter.builder("sluice.objects.unreadable", informers, all -> all.totalSetAside(kind))
                    .description("Unreadable objects found")
                    .tags("kind", kind.kind())
                    .register(registry);
        }
    }
}
