package dev.sluice.reconciler.generator;

import dev.sluice.reconciler.namespaces.ManagedNamespaceStep;
import dev.sluice.reconciler.publish.DriftDetector;
import dev.sluice.reconciler.spec.ArtifactPlanner;
import dev.sluice.reconciler.spec.SpecValidator;

/** The collaborators of a reconciliation, in the order of their use. */
record ReconcileSteps(
        GeneratorFinalizer finalizer,
        SpecValidator validator,
        SourceObserver observer,
        DriftDetector driftDetector,
        SourceTreesFetcher sourceTrees,
        ArtifactPlanner planner,
        ManagedNamespaceStep namespaces,
        ArtifactPublisher publisher,
        OrphanRemover orphans) {}
