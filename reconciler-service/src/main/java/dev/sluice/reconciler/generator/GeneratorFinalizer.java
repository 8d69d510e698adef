package dev.sluice.reconciler.generator;

import dev.sluice.controller.informer.RecentWrites;
import dev.sluice.reconciler.cluster.GeneratorAnnotations;
import dev.sluice.reconciler.cluster.GeneratorWrites;
import dev.sluice.reconciler.spec.GeneratorReasons;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Adds the finalizer before anything is published, and removes it after all published objects are gone. */
final class GeneratorFinalizer {

    static final String FINALIZER = "source.extensions.fluxcd.io/finalizer";

    private final GeneratorWrites writes;
    private final OrphanRemover orphans;
    private final RecentWrites<ArtifactGenerator> recentWrites;

    GeneratorFinalizer(GeneratorWrites writes, OrphanRemover orphans, RecentWrites<ArtifactGenerator> recentWrites) {
        this.writes = writes;
        this.orphans = orphans;
        this.recentWrites = recentWrites;
    }

    static boolean isMissing(ArtifactGenerator generator) {
        List<String> finalizers = generator.metadata().getFinalizers();
        return finalizers == null || !finalizers.contains(FINALIZER);
    }

    Outcome add(ArtifactGenerator generator) throws IOException {
        recentWrites.record(writes.addFinalizer(generator, FINALIZER));
        return GeneratorAnnotations.isDisabled(generator) ? new Outcome.Suspended(true) : new Outcome.Progressing();
    }

    /** Handles a deletion, also of a suspended object. */
    Outcome finish(ArtifactGenerator generator) throws IOException, InterruptedException {
        if (isMissing(generator)) {
            return new Outcome.Deleted();
        }
        List<OrphanRemover.Leftover> leftovers = orphans.removeAllBut(Set.of(), generator);
        if (!leftovers.isEmpty()) {
            List<String> messages =
                    leftovers.stream().map(OrphanRemover.Leftover::message).toList();
            return new Outcome.Retry(
                    GeneratorReasons.RECONCILIATION_FAILED, new Failures(messages), null, null, Changes.NONE);
        }
        writes.removeFinalizer(generator, FINALIZER);
        return new Outcome.Deleted();
    }
}
