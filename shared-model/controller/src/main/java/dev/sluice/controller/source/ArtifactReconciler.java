package dev.sluice.controller.source;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.object.FinalizerStep;
import dev.sluice.controller.queue.Reconciler;
import dev.sluice.controller.queue.Result;
import dev.sluice.controller.queue.RunContext;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.meta.ToolkitObject;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reconciles the objects of a source controller; {@link #publish} has one line for each step. */
final class ArtifactReconciler<T extends ToolkitObject<?, ?>> implements Reconciler<ObjectKey> {

    private static final Logger LOG = LoggerFactory.getLogger(ArtifactReconciler.class);
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
    private static final double JITTER = 0.05;
    private static final int FORBIDDEN = 403;
    private static final int INVALID = 422;

    /**
     * The steps.
     *
     * @param known the ExternalArtifacts of an object, as cached
     */
    record Steps<T extends ToolkitObject<?, ?>>(
            ApiRequests requests,
            ApiType<T, ?> type,
            SourceOptions<T> options,
            BuildStep<T> build,
            FinalizerStep<T> finalizer,
            StoredContent stored,
            OwnArtifacts artifacts,
            OutcomeReporter<T> reporter,
            Function<ObjectKey, List<ExternalArtifact>> known) {}

    private final Steps<T> steps;
    private final boolean noCrossNamespaceRefs;

    ArtifactReconciler(Steps<T> steps, boolean noCrossNamespaceRefs) {
        this.steps = steps;
        this.noCrossNamespaceRefs = noCrossNamespaceRefs;
    }

    /** Reads from the API server: a cache without our last status would cause another build. */
    @Override
    public Result reconcile(ObjectKey key) throws IOException {
        Optional<T> object =
                steps.requests().get(steps.type().kind(), key, steps.type().objectClass());
        if (object.isEmpty()) {
            // somebody may have removed the finalizer by force
            removeAll(key);
            return Result.done();
        }
        return reconcile(object.get());
    }

    @Override
    public Map<String, String> logFields(ObjectKey key) {
        return RunContext.fieldsOf(steps.type().kind(), key);
    }

    private Result reconcile(T found) throws IOException {
        boolean isDeleted = found.metadata().getDeletionTimestamp() != null;
        if (!isDeleted && steps.options().suspended().test(found)) {
            return Result.done();
        }
        Optional<T> object = steps.finalizer().run(found, this::remove);
        if (object.isEmpty()) {
            return Result.done();
        }
        try {
            publish(object.get());
            return Result.requeueAfter(interval(object.get()));
        } catch (BuildFailure e) {
            return report(object.get(), e);
        } catch (ApiRequestException e) {
            if (e.code() != FORBIDDEN && e.code() != INVALID) {
                throw e;
            }
            // somebody has to grant a permission or change the object, so it must say so
            return report(object.get(), BuildFailure.retry("PublishFailed", String.valueOf(e.getMessage()), e));
        }
    }

    private void publish(T object) throws IOException, BuildFailure {
        if (!StoredContent.canStore(object.key())) {
            throw BuildFailure.stalled(
                    "InvalidName",
                    "'" + object.key().name() + "' cannot be the name of a directory on the volume; use another name");
        }
        ObjectKey target = target(object);
        Optional<ExternalArtifact> current = steps.artifacts().findOrRefuse(object.key(), target);
        Optional<Artifact> intact = current.flatMap(ExternalArtifact::artifact)
                .filter(artifact -> steps.stored().isIntact(object.key(), artifact))
                .map(steps.stored()::served);
        T reported = steps.reporter().progressing(object);
        BuildStep.Built built = steps.build().run(reported, intact);
        steps.artifacts().publish(object, target, built.artifact(), current);
        removeOthers(object.key(), Optional.of(target));
        steps.reporter().ready(reported, built.artifact(), built.status());
        steps.stored().collectGarbage(built.artifact());
    }

    private ObjectKey target(T object) throws BuildFailure {
        ObjectKey target = steps.options().target().apply(object);
        if (noCrossNamespaceRefs && !target.namespace().equals(object.key().namespace())) {
            throw BuildFailure.stalled(
                    "AccessDenied",
                    "cannot publish to namespace '" + target.namespace()
                            + "', cross-namespace references have been disabled");
        }
        return target;
    }

    /** An object may have had another target before. */
    private void removeOthers(ObjectKey object, Optional<ObjectKey> target) throws IOException {
        for (ExternalArtifact artifact : steps.known().apply(object)) {
            if (target.filter(artifact.key()::equals).isEmpty()) {
                steps.artifacts().delete(object, artifact);
            }
        }
    }

    private Result report(T object, BuildFailure failure) throws IOException {
        if (failure.getCause() instanceof InterruptedIOException interrupted) {
            // shutdown or deadline: not a failure of the object
            throw interrupted;
        }
        Optional<ExternalArtifact> current = atTarget(object);
        if (current.isPresent()) {
            steps.artifacts().reportFailure(current.get(), failure);
        }
        steps.reporter().failed(object, failure);
        return failure.isStalled() ? Result.terminal(failure) : Result.failed(failure);
    }

    /** Deletes the ExternalArtifacts first, then the files. */
    private void remove(T object) throws IOException {
        Optional<ExternalArtifact> current = atTarget(object);
        if (current.isPresent()) {
            steps.artifacts().delete(object.key(), current.get());
        }
        removeAll(object.key());
    }

    private void removeAll(ObjectKey object) throws IOException {
        removeOthers(object, Optional.empty());
        steps.stored().removeAll(object);
    }

    /**
     * Returns the object's ExternalArtifact. Empty also if the object has no usable target, or one that the account may
     * not read: otherwise neither a failure could be reported nor the object be deleted.
     */
    private Optional<ExternalArtifact> atTarget(T object) throws IOException {
        try {
            return steps.artifacts().find(object.key(), steps.options().target().apply(object));
        } catch (ApiRequestException e) {
            if (e.code() != FORBIDDEN) {
                throw e;
            }
            LOG.atWarn().addKeyValue("error", e.getMessage()).log("cannot read the ExternalArtifact of the object");
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("error", e.toString()).log("cannot determine the ExternalArtifact of the object");
        }
        return Optional.empty();
    }

    /** Returns the interval with jitter, so that objects do not query the same server at the same time. */
    private Duration interval(T object) {
        Duration interval = steps.options().interval().apply(object);
        Duration atLeast = interval.compareTo(SHORTEST_INTERVAL) < 0 ? SHORTEST_INTERVAL : interval;
        double jitter = ThreadLocalRandom.current().nextDouble() * JITTER;
        return atLeast.plusMillis((long) (atLeast.toMillis() * jitter));
    }
}
