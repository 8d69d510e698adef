package dev.sluice.reconciler.generator;

import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.VerifiedFiles;
import dev.sluice.controller.access.AccessReviews;
import dev.sluice.controller.informer.ChangeHandler;
import dev.sluice.controller.informer.RecentWrites;
import dev.sluice.controller.metrics.ReconcileDurations;
import dev.sluice.controller.publish.ExternalArtifactPublisher;
import dev.sluice.controller.publish.PublisherOptions;
import dev.sluice.controller.queue.Controller;
import dev.sluice.controller.queue.ControllerListener;
import dev.sluice.controller.queue.Reconciler;
import dev.sluice.controller.queue.Ticker;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.reconciler.access.TargetAccess;
import dev.sluice.reconciler.budget.ProcessBudget;
import dev.sluice.reconciler.cluster.ExternalArtifactReader;
import dev.sluice.reconciler.cluster.GeneratorInformers;
import dev.sluice.reconciler.cluster.GeneratorReader;
import dev.sluice.reconciler.cluster.GeneratorWrites;
import dev.sluice.reconciler.cluster.KeyLocks;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.reconciler.cluster.SourceReader;
import dev.sluice.reconciler.history.RunListener;
import dev.sluice.reconciler.namespaces.ManagedNamespaceStep;
import dev.sluice.reconciler.namespaces.NamespaceController;
import dev.sluice.reconciler.namespaces.NamespaceDrift;
import dev.sluice.reconciler.publish.ArtifactStats;
import dev.sluice.reconciler.publish.ArtifactStore;
import dev.sluice.reconciler.publish.DriftDetector;
import dev.sluice.reconciler.publish.DriftReason;
import dev.sluice.reconciler.publish.ExternalArtifactStore;
import dev.sluice.reconciler.publish.ServedCheck;
import dev.sluice.reconciler.publish.VolumeReserve;
import dev.sluice.reconciler.source.SourceCache;
import dev.sluice.reconciler.spec.ArtifactPlanner;
import dev.sluice.reconciler.spec.GeneratorGraph;
import dev.sluice.reconciler.spec.SpecValidator;
import dev.sluice.reconciler.stage.Stage;
import dev.sluice.reconciler.stage.Stages;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Wires the collaborators of a reconciliation and connects them to the informers. */
public final class GeneratorController {

    /**
     * Field manager, value of the managed-by label, event source and prefix of the Lease; the same as the reference's.
     */
    public static final String NAME = "source-watcher";

    private GeneratorController() {}

    /**
     * Dependencies of the controller.
     *
     * @param scratch an existing directory for temporary files
     * @param maxEntries maximum number of files and directories for a stored archive to be recognised
     * @param locks locks on the names of ExternalArtifacts
     */
    public record Parts(
            ApiRequests requests,
            GeneratorInformers informers,
            ArtifactStorage storage,
            VerifiedFiles verified,
            SourceCache sources,
            ProcessBudget budget,
            Path scratch,
            int maxEntries,
            VolumeReserve reserve,
            GeneratorEvents events,
            ServedCheck served,
            Measures measures,
            KeyLocks locks,
            Clock clock) {}

    /**
     * Metrics, and the listeners of stages and runs.
     *
     * @param registry registry of the meters per object
     * @param runs is notified of each run
     */
    public record Measures(MeterRegistry registry, Stages stages, ArtifactStats artifacts, RunListener runs) {}

    /** Assembles the controller. Call before the informers are started; start the controller afterwards. */
    public static Controller<ObjectKey> assemble(Parts parts, GeneratorOptions options, ControllerListener listener) {
        RecentWrites<ExternalArtifact> artifactWrites = new RecentWrites<>();
        RecentWrites<ArtifactGenerator> generatorWrites = new RecentWrites<>();
        GeneratorReader generators = GeneratorReader.cached(parts.informers().generators(), parts.requests());
        ExternalArtifactReader artifacts = ExternalArtifactReader.cached(
                parts.informers().externalArtifacts(), artifactWrites, parts.informers()::isSetAside, parts.requests());
        ExternalArtifactStore store = new ExternalArtifactStore(
                new ExternalArtifactPublisher(parts.requests(), PublisherOptions.named(NAME), parts.clock()),
                artifactWrites,
                parts.measures().stages());
        GeneratorWrites writes = GeneratorWrites.by(parts.requests(), NAME);
        StatusReporter status = new StatusReporter(
                new StatusPlanner(parts.clock()),
                writes,
                generatorWrites,
                new OutcomeEvents(parts.events()),
                Requeue.withJitter(options.jitterPercentage()),
                new ProgressNotices(options.progressDelay()));
        KeyLocks locks = parts.locks();
        AccessReviews reviews = reviews(parts, options);
        TargetAccess access = new TargetAccess(reviews, options.accessRules());
        ManagedNamespaceStep namespaces = namespaces(parts, options, generators, reviews);
        OrphanRemover orphans = new OrphanRemover(generators, artifacts, store, parts.storage(), access, locks);
        ReconcileSteps steps = new ReconcileSteps(
                new GeneratorFinalizer(writes, orphans, namespaces, generatorWrites),
                new SpecValidator(options.noCrossNamespaceRefs(), new GeneratorGraph(generators, artifacts)),
                new SourceObserver(sourceReader(parts, options), options.requeueDependency()),
                DriftDetector.over(
                        parts.storage(),
                        parts.verified(),
                        artifacts,
                        store,
                        generator -> namespaces.drift(generator).map(GeneratorController::reason)),
                new SourceTreesFetcher(
                        parts.sources(),
                        parts.budget(),
                        parts.scratch(),
                        options.requeueDependency(),
                        parts.measures().stages()),
                new ArtifactPlanner(),
                namespaces,
                new ArtifactPublisher(
                        artifactStore(parts), new Ownership(generators), artifacts, store, timed(parts), access, locks),
                orphans);
        Controller<ObjectKey> controller = new Controller<>(
                options.controller(),
                measured(
                        parts,
                        new ArtifactGeneratorReconciler(
                                generators,
                                generatorWrites,
                                status,
                                steps,
                                parts.measures().runs(),
                                options.controller().timeout())),
                parts.informers()::synced,
                listener,
                Ticker.system(),
                Optional.of(ObjectKey::namespace));
        parts.budget().onTurn(controller::enqueue);
        parts.sources().onFetched(controller::enqueue);
        addTriggers(
                parts.informers(),
                new Triggers(
                        generators,
                        store,
                        artifactWrites,
                        new ChangedSources(generators::using, controller::enqueue),
                        controller::enqueue,
                        controller::gone));
        return controller;
    }

    private static ManagedNamespaceStep namespaces(
            Parts parts, GeneratorOptions options, GeneratorReader generators, AccessReviews reviews) {
        return parts.informers()
                .namespaces()
                .map(informer -> NamespaceController.assemble(
                        new NamespaceController.Parts(
                                parts.requests(),
                                generators,
                                informer,
                                reviews,
                                options.accessRules(),
                                parts.measures().registry()),
                        options.namespaces(),
                        NAME))
                .orElse(ManagedNamespaceStep.NONE);
    }

    private static DriftReason reason(NamespaceDrift.Difference difference) {
        return difference == NamespaceDrift.Difference.NOT_FOUND
                ? DriftReason.NAMESPACES_NOT_FOUND
                : DriftReason.NAMESPACES_CHANGED;
    }

    private static AccessReviews reviews(Parts parts, GeneratorOptions options) {
        return options.watchedNamespace().isEmpty()
                ? AccessReviews.ofAllNamespaces(parts.requests(), Ticker.system())
                : AccessReviews.ofEachNamespace(parts.requests(), Ticker.system());
    }

    private static ArtifactStore artifactStore(Parts parts) {
        return new ArtifactStore(
                parts.storage(),
                parts.verified(),
                parts.scratch(),
                parts.maxEntries(),
                parts.reserve(),
                parts.measures().stages(),
                parts.measures().artifacts());
    }

    private static ServedCheck timed(Parts parts) {
        if (parts.served() == ServedCheck.NONE) {
            return ServedCheck.NONE; // no stage
        }
        Stages stages = parts.measures().stages();
        return artifact -> {
            long begun = stages.begin();
            try {
                parts.served().await(artifact);
            } finally {
                stages.end(Stage.READ_BACK, begun, artifact.path());
            }
        };
    }

    private static Reconciler<ObjectKey> measured(Parts parts, Reconciler<ObjectKey> reconciler) {
        return new ReconcileDurations(
                reconciler,
                parts.measures().registry(),
                ArtifactGenerator.TYPE.kind().kind(),
                key -> parts.informers().generators().getIndexer().getByKey(key.toString()) != null);
    }

    private static SourceReader sourceReader(Parts parts, GeneratorOptions options) {
        return options.directSourceFetch()
                ? SourceReader.direct(parts.requests(), options.watchedNamespace())
                : SourceReader.cached(parts.informers());
    }

    private static void addTriggers(GeneratorInformers informers, Triggers triggers) {
        informers.generators().addEventHandler(new ChangeHandler<>(triggers::generatorChanged));
        informers.gitRepositories().addEventHandler(new ChangeHandler<>(triggers::sourceChanged));
        informers.ociRepositories().addEventHandler(new ChangeHandler<>(triggers::sourceChanged));
        informers.buckets().addEventHandler(new ChangeHandler<>(triggers::sourceChanged));
        informers.helmCharts().addEventHandler(new ChangeHandler<>(triggers::sourceChanged));
        informers.externalArtifacts().addEventHandler(new ChangeHandler<>(triggers::sourceChanged));
        informers.externalArtifacts().addEventHandler(new ChangeHandler<>(triggers::generatedChanged));
        informers
                .namespaces()
                .ifPresent(informer -> informer.addEventHandler(new ChangeHandler<>(triggers::namespaceChanged)));
    }
}
