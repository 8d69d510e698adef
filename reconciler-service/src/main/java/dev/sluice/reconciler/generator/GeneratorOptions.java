package dev.sluice.reconciler.generator;

import dev.sluice.controller.queue.ControllerOptions;
import java.time.Duration;

/**
 * How generators are reconciled.
 *
 * @param jitterPercentage how much of the interval between two runs is left to chance, 0 to 99
 * @param directSourceFetch whether sources are read from the API server instead of the cache
 * @param watchedNamespace the only one whose sources are seen; empty for all
 */
public record GeneratorOptions(
        ControllerOptions controller,
        Duration requeueDependency,
        int jitterPercentage,
        boolean noCrossNamespaceRefs,
        boolean directSourceFetch,
        String watchedNamespace) {}
