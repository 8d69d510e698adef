package dev.sluice.controller.source;

import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.VerifiedFiles;
import dev.sluice.controller.event.EventRecorder;
import dev.sluice.controller.informer.ChangeFilter;
import dev.sluice.controller.informer.ChangeHandler;
import dev.sluice.controller.informer.Informers;
import dev.sluice.controller.informer.RecentWrites;
import dev.sluice.controller.informer.Scope;
import dev.sluice.controller.object.FinalizerStep;
import dev.sluice.controller.object.ObjectWriter;
import dev.sluice.controller.object.StatusWriter;
import dev.sluice.controller.publish.ExternalArtifactPublisher;
import dev.sluice.controller.publish.PublisherOptions;
import dev.sluice.controller.publish.StoredOrphans;
import dev.sluice.controller.queue.Controller;
import dev.sluice.controller.queue.ControllerListener;
import dev.sluice.controller.queue.ControllerOptions;
import dev.sluice.controller.queue.Reconciler;
import dev.sluice.controller.queue.Ticker;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.meta.ToolkitObject;
import dev.sluice.toolkit.source.ExternalArtifact;
import io.kubernetes.client.informer.SharedIndexInformer;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Connects the parts of one kind: its objects, its queue and its reconciler. */
final class KindStart<T extends ToolkitObject<?, ?>> {

    private static final Clock CLOCK = Clock.systemUTC();

    /**
     * What all kinds of a process share.
     *
     * @param published the ExternalArtifacts of the controller, of all kinds
     */
    record Shared(
            String name,
            ControllerConfig config,
            @Nullable ControllerMeters meters,
            ArtifactStorage storage,
            BuildTools tools,
            EventRecorder events,
            Informers informers,
            SharedIndexInformer<ExternalArtifact> published) {

        ApiRequests requests() {
            return tools.requests();
        }
    }

    private final SourceKind<T> kind;
    private final Shared shared;
    private final String index;
    private final StoredContent stored;
    private final OwnArtifacts artifacts;
    private final RecordedTargets<T> targets;
    private final RecentWrites<ExternalArtifact> recentWrites = new RecentWrites<>();

    KindStart(SourceKind<T> kind, Shared shared) {
        this.kind = kind;
        this.shared = shared;
        this.index = "source " + kind.type().kind().apiVersion() + " "
                + kind.type().kind().kind();
        this.stored = new StoredContent(
                shared.storage(),
                new VerifiedFiles(shared.storage(), CLOCK),
                kind.type().kind().kind());
        this.artifacts = new OwnArtifacts(
                shared.requests(),
                new ExternalArtifactPublisher(shared.requests(), PublisherOptions.named(shared.name()), CLOCK),
                shared.name(),
                kind.type().kind(),
                recentWrites);
        this.targets = new RecordedTargets<>(
                shared.requests(), kind.type(), shared.name(), shared.name() + ".sluice.dev/targets");
    }

    StartupPreparation<T> preparation(StoredOrphans orphans) {
        return new StartupPreparation<>(
                shared.requests(), kind.type(), shared.config().namespace(), stored, artifacts, targets, orphans);
    }

    Controller<ObjectKey> controller() {
        SharedIndexInformer<T> objects = shared.informers()
                .add(kind.type(), Scope.all().inNamespace(shared.config().namespace()));
        shared.published()
                .addIndexers(Map.of(
                        index,
                        artifact -> artifacts.sourceOf(artifact).map(ObjectKey::toString).stream()
                                .toList()));
        ControllerOptions options = ControllerOptions.named(
                        kind.type().kind().kind().toLowerCase(Locale.ROOT))
                .withWorkers(shared.config().concurrent())
                .withTimeout(ArtifactReconciler.TIME_LIMIT)
                .withBackOff(kind.options().backOff());
        Controller<ObjectKey> controller = controller(options, reconciler(), objects);
        objects.addEventHandler(ChangeHandler.enqueuing(controller, triggers()));
        // its deletion may have been requested
        shared.informers().onSetAside(kind.type().kind(), controller::enqueue);
        shared.published()
                .addEventHandler(new ChangeHandler<>((before, after) -> artifactChanged(before, after, controller)));
        return controller;
    }

    private Controller<ObjectKey> controller(
            ControllerOptions options, Reconciler<ObjectKey> reconciler, SharedIndexInformer<T> objects) {
        ControllerMeters meters = shared.meters();
        if (meters == null) {
            return fair(options, reconciler, shared.informers()::hasSynced, ControllerListener.NONE);
        }
        Reconciler<ObjectKey> measured = meters.measure(
                reconciler, kind.type().kind(), key -> objects.getIndexer().getByKey(key.toString()) != null);
        ControllerListener listener = meters.listener(options);
        Controller<ObjectKey> controller = fair(options, measured, shared.informers()::hasSynced, listener);
        meters.watch(listener, controller::stats);
        return controller;
    }

    /** Namespaces take turns. */
    static Controller<ObjectKey> fair(
            ControllerOptions options,
            Reconciler<ObjectKey> reconciler,
            BooleanSupplier ready,
            ControllerListener listener) {
        return new Controller<>(
                options, reconciler, ready, listener, Ticker.system(), Optional.of(ObjectKey::namespace));
    }

    private ChangeFilter<T> triggers() {
        return triggers(kind.options().suspended());
    }

    /** A suspension may be an annotation or a label, which does not change the generation. */
    static <T extends ToolkitObject<?, ?>> ChangeFilter<T> triggers(Predicate<? super T> suspended) {
        return ChangeFilter.<T>reconcile().or((before, after) -> {
            Optional<Boolean> now = isSuspended(suspended, after);
            return !now.equals(Optional.of(true)) && !now.equals(isSuspended(suspended, before));
        });
    }

    /** Empty if the function fails; the reconciliation reports that. */
    private static <T> Optional<Boolean> isSuspended(Predicate<? super T> suspended, T object) {
        try {
            return Optional.of(suspended.test(object));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Requeues the object of one of our artifacts that another client has changed or deleted. */
    private void artifactChanged(
            @Nullable ExternalArtifact before, @Nullable ExternalArtifact after, Controller<ObjectKey> controller) {
        if (after == null && before != null) {
            recentWrites.gone(before);
            artifacts.sourceOf(before).ifPresent(controller::enqueue);
        } else if (before != null && after != null && !recentWrites.covers(after)) {
            artifacts.sourceOf(before).ifPresent(controller::enqueue);
        }
        if (after != null) {
            recentWrites.caughtUp(after);
        }
    }

    private Reconciler<ObjectKey> reconciler() {
        ObjectWriter<T> writer = new ObjectWriter<>(shared.requests(), kind.type(), shared.name());
        String finalizer = kind.type().kind().group() + "/" + shared.name();
        return new ArtifactReconciler<>(
                new ArtifactReconciler.Steps<>(
                        shared.requests(),
                        kind.type(),
                        kind.options(),
                        new BuildStep<>(kind.builder(), stored, shared.tools()),
                        new FinalizerStep<>(writer, finalizer),
                        new UnreadableDeletion(shared.requests(), kind.type().kind(), shared.name(), finalizer),
                        stored,
                        artifacts,
                        targets,
                        new OutcomeReporter<>(
                                kind.type().kind(), new StatusWriter<>(writer, kind.type(), CLOCK), shared.events()),
                        key -> shared.published().getIndexer().byIndex(index, key.toString()),
                        key -> shared.informers()
                                .whyUnreadable(kind.type().kind(), key)
                                .isPresent()),
                shared.config().noCrossNamespaceRefs());
    }
}
