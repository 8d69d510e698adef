package dev.sluice.reconciler.cluster;

import dev.sluice.reconciler.pathpattern.PathPattern;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.ConditionTypes;
import dev.sluice.toolkit.meta.Conditions;
import dev.sluice.toolkit.meta.ObjectKey;
import java.util.Objects;

/** Whether a generator still publishes an ExternalArtifact. */
final class GeneratorNeeds {

    private GeneratorNeeds() {}

    /**
     * Whether the generator may publish this object in its next run. With a path pattern, only a successful run of the
     * current generation shows what the pattern matches.
     */
    static boolean mayNeed(ArtifactGenerator generator, ObjectKey artifact) {
        if (generator.metadata().getDeletionTimestamp() != null) {
            return false;
        }
        if (!PathPattern.isIn(generator.spec())) {
            return generator.spec().artifacts().stream()
                    .map(generator::artifactKey)
                    .anyMatch(artifact::equals);
        }
        return !isReady(generator)
                || generator.publishedArtifacts().stream()
                        .flatMap(entry -> entry.artifactKey().stream())
                        .anyMatch(artifact::equals);
    }

    private static boolean isReady(ArtifactGenerator generator) {
        return Conditions.find(generator.conditions(), ConditionTypes.READY)
                .filter(ready -> Conditions.TRUE.equals(ready.getStatus()))
                .filter(ready -> Objects.equals(
                        ready.getObservedGeneration(), generator.metadata().getGeneration()))
                .isPresent();
    }
}
