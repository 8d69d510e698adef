package dev.sluice.reconciler.generator;

import dev.sluice.controller.queue.ControllerOptions;
import dev.sluice.reconciler.access.AccessRules;
import dev.sluice.reconciler.namespaces.NamespaceOptions;
import java.time.Duration;

/**
 * Options of the reconciliation of generators.
 *
 * @param progressDelay how long a run lasts before its status says that it is in progress; zero for no delay
 * @param jitterPercentage random jitter of the interval between two runs, in percent, 0 to 99
 * @param directSourceFetch whether sources are read from the API server instead of the cache
 * @param watchedNamespace the only namespace whose sources are visible; empty for all
 * @param defaultServiceAccount account of generators that name none, for other namespaces; empty for none
 * @param namespaces only used if there is an informer for namespaces
 */
public record GeneratorOptions(
        ControllerOptions controller,
        Duration requeueDependency,
        Duration progressDelay,
        int jitterPercentage,
        boolean noCrossNamespaceRefs,
        boolean directSourceFetch,
        String watchedNamespace,
        String defaultServiceAccount,
        NamespaceOptions namespaces) {

    AccessRules accessRules() {
        return new AccessRules(defaultServiceAccount, noCrossNamespaceRefs, watchedNamespace);
    }
}
