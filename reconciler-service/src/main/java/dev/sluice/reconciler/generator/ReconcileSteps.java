package dev.sluice.reconciler.generator;

import dev.sluice.reconciler.publish.DriftDetector;
import dev.sluice.reconciler.spec.ArtifactPlanner;
import dev.sluice.reconciler.spec.SpecValidator;

/** The collaborators of a reconciliation, in the order in which it calls them. */
record ReconcileSteps(
        GeneratorFinalizer finalizer,
        SpecValidator validator,
        SourceObserver observer,
        DriftDetector driftDetector,
        SourceTreesFetcher sourceTrees,
        ArtifactPlanner planner,
        ArtifactPublisher releaser,
        OrphanRemover orphans) {}
