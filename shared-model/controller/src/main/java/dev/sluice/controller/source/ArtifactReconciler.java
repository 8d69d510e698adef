package dev.sluice.controller.source;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.object.FinalizerStep;
import dev.sluice.controller.queue.CurrentRun;
import dev.sluice.controller.queue.Reconciler;
import dev.sluice.controller.queue.Result;
import dev.sluice.controller.queue.RunContext;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.ResourcePath;
import dev.sluice.controller.request.UnreadableObjectException;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.ConditionTypes;
import dev.sluice.toolkit.meta.Conditions;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.meta.ToolkitObject;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reconciles the objects of a source controller; {@link #publish} has one line for each step. */
final class ArtifactReconciler<T extends ToolkitObject<?, ?>> implements Reconciler<ObjectKey> {

    private static final Logger LOG = LoggerFactory.getLogger(ArtifactReconciler.class);
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
    private static final double JITTER = 0.05;
    private static final int FORBIDDEN = 403;
    private static final String BUILD_FAILED = "BuildFailed";

    /** Limits a run, see {@link dev.sluice.controller.queue.ControllerOptions}. */
    static final Duration TIME_LIMIT = Duration.ofMinutes(10);

    /**
     * The steps.
     *
     * @param known the ExternalArtifacts of an object, as cached
     * @param isSetAside whether the cache has set an object aside; its owner is then notified that it is not reconciled
     */
    record Steps<T extends ToolkitObject<?, ?>>(
            ApiRequests requests,
            ApiType<T, ?> type,
            SourceOptions<T> options,
            BuildStep<T> build,
            FinalizerStep<T> finalizer,
            UnreadableDeletion unreadable,
            StoredContent stored,
            OwnArtifacts artifacts,
            RecordedTargets<T> targets,
            OutcomeReporter<T> reporter,
            Function<ObjectKey, List<ExternalArtifact>> known,
            Predicate<ObjectKey> isSetAside) {}

    private final Steps<T> steps;
    private final boolean noCrossNamespaceRefs;

    ArtifactReconciler(Steps<T> steps, boolean noCrossNamespaceRefs) {
        this.steps = steps;
        this.noCrossNamespaceRefs = noCrossNamespaceRefs;
    }

    /** Reads from the API server: a cache without our last status would cause another build. */
    @Override
    public Result reconcile(ObjectKey key) throws IOException {
        Optional<T> object;
        try {
            object = steps.requests().get(steps.type().kind(), key, steps.type().objectClass());
        } catch (UnreadableObjectException e) {
            // UnreadableObjectReporter notifies its owner
            steps.unreadable()
                    .run(key, annotations -> removeAll(key, steps.targets().in(annotations)));
            return Result.done();
        }
        if (object.isEmpty()) {
            // somebody may have removed the finalizer by force
            removeAll(key, Set.of());
            return Result.done();
        }
        return reconcile(object.get());
    }

    @Override
    public Map<String, String> logFields(ObjectKey key) {
        return RunContext.fieldsOf(steps.type().kind(), key);
    }

    private Result reconcile(T found) throws IOException {
        T object = found;
        try {
            if (isLeftAlone(found)) {
                return Result.done();
            }
            Optional<T> own = steps.finalizer().run(found, this::remove);
            if (own.isEmpty()) {
                return Result.done();
            }
            object = own.get();
            publish(object);
            return Result.requeueAfter(interval(object));
        } catch (BuildFailure e) {
            return report(object, e);
        } catch (IOException e) {
            return isDeleted(found) ? reportBlockedDeletion(found, e) : reportRefusal(object, e);
        } catch (RuntimeException | Error e) {
            return reportDefect(object, e);
        }
    }

    private boolean isLeftAlone(T found) {
        return !isDeleted(found)
                && (steps.isSetAside().test(found.key())
                        || steps.options().suspended().test(found));
    }

    private boolean isDeleted(T object) {
        return object.metadata().getDeletionTimestamp() != null;
    }

    private void publish(T found) throws IOException, BuildFailure {
        if (!StoredContent.canStore(found.key())) {
            throw BuildFailure.stalled(
                    "InvalidName",
                    "'" + found.key().name() + "' cannot be the name of a directory on the volume; use another name");
        }
        ObjectKey target = target(found);
        // recorded only if it can be read: a deletion waits for the permission to read recorded targets
        Optional<ExternalArtifact> current = steps.artifacts().findOrRefuse(found.key(), target);
        T recorded = steps.targets().add(found, target);
        Optional<Artifact> intact = current.flatMap(ExternalArtifact::artifact)
                .filter(artifact -> steps.stored().isIntact(recorded.key(), artifact))
                .map(steps.stored()::served);
        T reported = steps.reporter().progressing(recorded);
        BuildStep.Built built = steps.build().run(reported, intact);
        steps.artifacts().publish(reported, target, built.artifact(), current);
        removeOthers(reported.key(), Optional.of(target), recordedIn(reported));
        T tidy = steps.targets().retain(reported, target);
        OutcomeReporter.Change change = new OutcomeReporter.Change(
                current.flatMap(ExternalArtifact::artifact),
                built.artifact(),
                Conditions.isFalse(found.conditions(), ConditionTypes.READY));
        steps.reporter().ready(change, tidy, built.status());
        steps.stored().collectGarbage(built.artifact());
    }

    private ObjectKey target(T object) throws BuildFailure {
        ObjectKey target = steps.options().target().apply(object);
        if (!ResourcePath.isSegment(target.namespace()) || !ResourcePath.isSegment(target.name())) {
            throw BuildFailure.stalled(
                    "InvalidName", FailureText.shown(target) + " cannot be the name of an ExternalArtifact; change it");
        }
        if (noCrossNamespaceRefs && !target.namespace().equals(object.key().namespace())) {
            throw BuildFailure.stalled(
                    "AccessDenied",
                    "cannot publish to namespace '" + target.namespace()
                            + "', cross-namespace references have been disabled");
        }
        return target;
    }

    private Set<ObjectKey> recordedIn(T object) {
        return steps.targets().in(object.metadata().getAnnotations());
    }

    /** An object may have had another target before. */
    private void removeOthers(ObjectKey object, Optional<ObjectKey> target, Set<ObjectKey> recorded)
            throws IOException {
        Set<ObjectKey> others = new TreeSet<>(recorded);
        steps.known().apply(object).forEach(artifact -> others.add(artifact.key()));
        target.ifPresent(others::remove);
        for (ObjectKey other : others) {
            steps.artifacts().delete(object, other);
        }
    }

    /**
     * Reports a defect of the developer's functions, or of the library. Its message could contain anything, also secrets,
     * so it appears in the log only.
     */
    private Result reportDefect(T object, Throwable defect) throws IOException {
        BuildFailure failure = BuildFailure.retry(
                BUILD_FAILED,
                "the build failed unexpectedly with " + FailureText.nameOf(defect) + "; see the controller log",
                defect);
        try {
            Result unused = report(object, failure);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            defect.addSuppressed(e);
        }
        // logged with its stack
        return Result.failed(defect);
    }

    private Result report(T object, BuildFailure failure) throws IOException {
        return new FailureReport<>(steps.artifacts(), steps.reporter())
                .write(object, BuildInterruption.reported(failure), () -> atTarget(object));
    }

    /** Reports what stays until somebody acts. Other failures end by themselves, or prevent the report, too. */
    private Result reportRefusal(T object, IOException failure) throws IOException {
        if (!Refusal.isPermanent(failure)) {
            throw failure;
        }
        return report(object, BuildFailure.retry("PublishFailed", FailureText.of(failure), failure));
    }

    /** The finalizer stays, and the status says why: nothing else tells what the deletion waits for. */
    private Result reportBlockedDeletion(T object, IOException cause) throws IOException {
        if (CurrentRun.isInterrupted() || (cause instanceof ApiRequestException refused && refused.isConflict())) {
            throw cause;
        }
        BuildFailure failure = BuildFailure.retry(
                "DeletionFailed",
                "cannot remove what was published, the deletion waits: " + FailureText.of(cause)
                        + (isForbidden(cause) ? "; grant the permission" : ""),
                cause);
        try {
            steps.reporter().failed(object, failure);
        } catch (IOException e) {
            cause.addSuppressed(e);
            throw cause;
        }
        return Result.failed(failure);
    }

    private static boolean isForbidden(IOException failure) {
        return failure instanceof ApiRequestException refused && refused.code() == FORBIDDEN;
    }

    /** Deletes the ExternalArtifacts first, then the files. */
    private void remove(T object) throws IOException {
        Optional<ExternalArtifact> current = atTarget(object);
        if (current.isPresent()) {
            steps.artifacts().delete(object.key(), current.get().key());
        }
        removeAll(object.key(), recordedIn(object));
    }

    /**
     * Deletes the ExternalArtifacts that can be deleted, then the files.
     *
     * @throws ApiRequestException 403 if a recorded target may not be read: it could have been published, and nothing else
     *     would remove it. The files stay, too
     */
    private void removeAll(ObjectKey object, Set<ObjectKey> recorded) throws IOException {
        Set<ObjectKey> readable = new TreeSet<>();
        Optional<ApiRequestException> refused = Optional.empty();
        for (ObjectKey target : recorded) {
            try {
                if (findReadable(object, target).isPresent()) {
                    readable.add(target);
                }
            } catch (ApiRequestException e) {
                if (!isForbidden(e)) {
                    throw e;
                }
                refused = Optional.of(e);
            }
        }
        removeOthers(object, Optional.empty(), readable);
        if (refused.isPresent()) {
            throw refused.get();
        }
        steps.stored().removeAll(object);
    }

    /** Returns the object's ExternalArtifact. Empty also if the object has no usable target. */
    private Optional<ExternalArtifact> atTarget(T object) throws IOException {
        ObjectKey target;
        try {
            target = steps.options().target().apply(object);
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("error", e.toString()).log("cannot determine the ExternalArtifact of the object");
            return Optional.empty();
        }
        return find(object.key(), target);
    }

    /**
     * Returns the ExternalArtifact if it is the object's. Empty also if it cannot be read, or if the account may not read
     * it: otherwise no failure could be reported. Kubernetes deletes one in the object's namespace because of its owner,
     * and one elsewhere is recorded.
     */
    private Optional<ExternalArtifact> find(ObjectKey object, ObjectKey target) throws IOException {
        try {
            return findReadable(object, target);
        } catch (ApiRequestException e) {
            if (!isForbidden(e)) {
                throw e;
            }
            LOG.atWarn().addKeyValue("error", e.getMessage()).log("cannot read the ExternalArtifact of the object");
            return Optional.empty();
        }
    }

    private Optional<ExternalArtifact> findReadable(ObjectKey object, ObjectKey target) throws IOException {
        try {
            return steps.artifacts().find(object, target);
        } catch (UnreadableObjectException e) {
            LOG.atWarn().addKeyValue("error", e.getMessage()).log("cannot read the ExternalArtifact of the object");
            return Optional.empty();
        }
    }

    /** Returns the interval with jitter, so that objects do not query the same server at the same time. */
    private Duration interval(T object) {
        Duration interval = steps.options().interval().apply(object);
        Duration atLeast = interval.compareTo(SHORTEST_INTERVAL) < 0 ? SHORTEST_INTERVAL : interval;
        double jitter = ThreadLocalRandom.current().nextDouble() * JITTER;
        return atLeast.plusMillis((long) (atLeast.toMillis() * jitter));
    }
}
