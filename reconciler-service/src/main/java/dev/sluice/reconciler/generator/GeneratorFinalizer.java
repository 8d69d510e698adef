package dev.sluice.reconciler.generator;

import dev.sluice.controller.informer.RecentWrites;
import dev.sluice.reconciler.cluster.GeneratorAnnotations;
import dev.sluice.reconciler.cluster.GeneratorWrites;
import dev.sluice.reconciler.namespaces.ManagedNamespaceStep;
import dev.sluice.reconciler.namespaces.NamespaceResults;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import java.io.IOException;
import java.util.List;

/** Adds the finalizer before anything is published, and removes it after all published objects are gone. */
final class GeneratorFinalizer {

    static final String FINALIZER = "source.extensions.fluxcd.io/finalizer";

    private final GeneratorWrites writes;
    private final OrphanRemover orphans;
    private final ManagedNamespaceStep namespaces;
    private final RecentWrites<ArtifactGenerator> recentWrites;

    GeneratorFinalizer(
            GeneratorWrites writes,
            OrphanRemover orphans,
            ManagedNamespaceStep namespaces,
            RecentWrites<ArtifactGenerator> recentWrites) {
        this.writes = writes;
        this.orphans = orphans;
        this.namespaces = namespaces;
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
        Removal removal = orphans.removeAll(generator);
        NamespaceResults pruned = namespaces.removeAll(generator);
        Changes changes = new Changes(List.of(), List.of(), removal.removed(), pruned);
        Removal all = removal.andLeft(OrphanRemover.Leftover.of(pruned));
        List<OrphanRemover.Leftover> delaying =
                delaying(generator, removal.andLeft(OrphanRemover.Leftover.of(pruned.withoutThoseInUse())));
        if (!delaying.isEmpty()) {
            return new Outcome.Retry(
                    OrphanRemover.Leftover.reason(delaying, generator),
                    new Failures(OrphanRemover.Leftover.messages(delaying, generator)),
                    null,
                    null,
                    changes);
        }
        writes.removeFinalizer(generator, FINALIZER);
        namespaces.forget(generator);
        return new Outcome.Deleted(
                changes,
                all.leftovers().stream().map(OrphanRemover.Leftover::message).toList());
    }

    private static List<OrphanRemover.Leftover> delaying(ArtifactGenerator generator, Removal removal) {
        return GeneratorAnnotations.leavesDeniedObjects(generator)
                ? removal.withoutDenials().leftovers()
                : removal.leftovers();
    }
}
