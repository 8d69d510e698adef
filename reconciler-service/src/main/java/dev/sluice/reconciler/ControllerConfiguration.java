package dev.sluice.reconciler;

import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.VerifiedFiles;
import dev.sluice.controller.queue.BackOffOptions;
import dev.sluice.controller.queue.Controller;
import dev.sluice.controller.queue.ControllerListener;
import dev.sluice.controller.queue.ControllerOptions;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.reconciler.generator.GeneratorController;
import dev.sluice.reconciler.generator.GeneratorEvents;
import dev.sluice.reconciler.generator.GeneratorInformers;
import dev.sluice.reconciler.generator.GeneratorOptions;
import dev.sluice.reconciler.source.SourceCache;
import dev.sluice.runtime.flag.FeatureGates;
import dev.sluice.toolkit.meta.ObjectKey;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The controller and its life. */
@Configuration(proxyBeanMethods = false)
class ControllerConfiguration {

    @Bean
    GeneratorController.Parts parts(
            ApiRequests requests,
            GeneratorInformers informers,
            ArtifactStorage storage,
            VerifiedFiles verified,
            SourceCache sources,
            Path scratchDirectory,
            ReconcilerSettings settings,
            GeneratorEvents events,
            Clock clock) {
        return new GeneratorController.Parts(
                requests,
                informers,
                storage,
                verified,
                sources,
                scratchDirectory,
                settings.sourceMaxEntries(),
                events,
                clock);
    }

    @Bean
    Controller<ObjectKey> generatorController(GeneratorController.Parts parts, ReconcilerSettings settings) {
        ControllerOptions controller = ControllerOptions.named("artifactgenerator")
                .withWorkers(settings.concurrent())
                .withTimeout(settings.reconciliationTimeout())
                .withBackOff(new BackOffOptions(settings.minRetryDelay(), settings.maxRetryDelay(), 0));
        GeneratorOptions options = new GeneratorOptions(
                controller,
                settings.requeueDependency(),
                settings.intervalJitterPercentage(),
                settings.noCrossNamespaceRefs(),
                FeatureGates.parse(settings.featureGates()).enabled(ReconcilerFlags.DIRECT_SOURCE_FETCH, false));
        return GeneratorController.assemble(parts, options, ControllerListener.NONE);
    }
}
