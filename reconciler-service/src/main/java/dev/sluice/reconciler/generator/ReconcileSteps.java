package dev.sluice.reconciler.generator;

import dev.sluice.reconciler.publish.DriftDetector;

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
