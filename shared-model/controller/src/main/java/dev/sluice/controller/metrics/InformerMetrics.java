package dev.sluice.controller.metrics;

import dev.sluice.controller.informer.Informers;
import dev.sluice.toolkit.meta.ApiKind;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * {@code sluice_objects_set_aside} (how many objects cannot be read now) and {@code sluice_objects_unreadable_total}
 * (how often one was found so) by kind.
 */
public final class InformerMetrics {

    private InformerMetrics() {}

    /** Registers the meters of the informers that were added so far. */
    public static void register(Informers informers, MeterRegistry registry) {
        for (ApiKind kind : informers.kinds()) {
            Gauge.builder("sluice.objects.set.aside", informers, all -> all.countSetAside(kind))
                    .description("Objects that cannot be read and are treated as absent")
                    .tags("kind", kind.kind())
                    .register(registry);
            FunctionCounter.builder("sluice.objects.unreadable", informers, all -> all.totalSetAside(kind))
                    .description("How often an object was found that cannot be read")
                    .tags("kind", kind.kind())
                    .register(registry);
        }
    }
}
