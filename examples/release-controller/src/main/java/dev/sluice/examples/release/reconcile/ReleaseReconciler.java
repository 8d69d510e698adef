package dev.sluice.examples.release.reconcile;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.controller.event.EventRecorder;
import dev.sluice.controller.queue.Reconciler;
import dev.sluice.controller.queue.Result;
import dev.sluice.controller.queue.RunContext;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.examples.release.api.ProjectRelease;
import dev.sluice.examples.release.api.ProjectReleaseStatus;
import dev.sluice.examples.release.upstream.DownloadedRelease;
import dev.sluice.examples.release.upstream.ReleaseFailure;
import dev.sluice.examples.release.upstream.ReleaseFailure.Reason;
import dev.sluice.examples.release.upstream.ReleaseVerifier;
import dev.sluice.examples.release.upstream.Upstream;
import dev.sluice.examples.release.upstream.Upstreams;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Reconciles a ProjectRelease; {@link #publish} has one line for each step. */
public final class ReleaseReconciler implements Reconciler<ObjectKey> {

    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
    private static final double JITTER = 0.05;

    /** The collaborators of the reconciler. */
    public record Parts(
            ApiRequests requests,
            Upstreams upstreams,
            ReleaseVerifier verifier,
            ArtifactStorage storage,
            EventRecorder events,
            boolean noCrossNamespaceRefs,
            Clock clock) {}

    private final ReleaseSteps steps;

    public ReleaseReconciler(Parts parts) {
        this.steps = ReleaseSteps.of(parts);
    }

    @Override
    public Result reconcile(ObjectKey key) throws IOException {
        Optional<ProjectRelease> release = steps.objects().find(key);
        return release.isEmpty() ? Result.done() : reconcile(release.get());
    }

    @Override
    public Map<String, String> logFields(ObjectKey key) {
        return RunContext.fieldsOf(ProjectRelease.TYPE.kind(), key);
    }

    private Result reconcile(ProjectRelease release) throws IOException {
        if (release.metadata().getDeletionTimestamp() != null) {
            return remove(release);
        }
        if (release.spec().suspend()) {
            return Result.done();
        }
        steps.objects().addFinalizer(release);
        try {
            publish(release);
            return Result.requeueAfter(interval(release));
        } catch (ReleaseFailure e) {
            return report(release, e);
        }
    }

    // region flow
    private void publish(ProjectRelease release) throws IOException, ReleaseFailure {
        refuseCrossNamespace(release);
        Optional<ExternalArtifact> current = steps.published().findOrRefuse(release);
        Upstream upstream = steps.upstreams().open(release);
        Digest checksum = upstream.checksum();
        Optional<Artifact> kept = current.flatMap(ExternalArtifact::artifact)
                .filter(artifact -> isUpToDate(release, checksum, artifact))
                .map(steps.stored()::served);
        Stored stored =
                kept.isPresent() ? new Stored(kept.get(), Optional.empty()) : store(release, upstream, checksum);
        steps.published().publish(release, stored.artifact(), current);
        steps.status().ready(release, checksum, stored.artifact(), stored.verified());
        steps.stored().collectGarbage(stored.artifact());
    }

    private Stored store(ProjectRelease release, Upstream upstream, Digest checksum)
            throws IOException, ReleaseFailure {
        try (DownloadedRelease downloaded = upstream.download(checksum)) {
            Optional<String> verified = steps.verifier().verify(release, downloaded);
            FileTree tree =
                    downloaded.unpack(Optional.ofNullable(release.spec().path()).map(release.spec()::withVersion));
            Artifact artifact = archive(release, tree)
                    .withMetadata(
                            Map.of(Artifact.ORIGIN_REVISION, release.spec().version() + "@" + checksum));
            return new Stored(artifact, verified);
        }
    }
    // endregion

    /** @param verified description of the signature that was verified in this run; empty if none was */
    private record Stored(Artifact artifact, Optional<String> verified) {}

    private Artifact archive(ProjectRelease release, FileTree tree) throws ReleaseFailure {
        try {
            return steps.stored().archive(release, tree);
        } catch (IOException e) {
            throw new ReleaseFailure(Reason.STORAGE_OPERATION_FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    // region cross-namespace
    private void refuseCrossNamespace(ProjectRelease release) throws ReleaseFailure {
        if (steps.noCrossNamespaceRefs() && release.crossesNamespaces()) {
            throw new ReleaseFailure(
                    Reason.ACCESS_DENIED,
                    "cannot publish to namespace '" + release.artifactKey().namespace()
                            + "', cross-namespace references have been disabled",
                    null);
        }
    }
    // endregion

    /** Whether spec, upstream file and stored file are unchanged since the last publication. */
    private boolean isUpToDate(ProjectRelease release, Digest checksum, Artifact artifact) {
        ProjectReleaseStatus status = release.status();
        return status != null
                && Long.valueOf(release.generation()).equals(status.observedGeneration())
                && checksum.toString().equals(status.upstreamDigest())
                && artifact.revision().equals(status.revision())
                && steps.stored().isIntact(release, artifact);
    }

    private Result report(ProjectRelease release, ReleaseFailure failure) throws IOException {
        if (failure.getCause() instanceof InterruptedIOException interrupted) {
            // shutdown or deadline: not a failure of the release
            throw interrupted;
        }
        Optional<ExternalArtifact> current = steps.published().find(release);
        if (current.isPresent()) {
            steps.published().reportFailure(current.get(), failure);
        }
        steps.status().failed(release, failure);
        return failure.isTerminal() ? Result.terminal(failure) : Result.failed(failure);
    }

    /** Deletes the object first, then the files, then removes the finalizer. */
    private Result remove(ProjectRelease release) throws IOException {
        steps.published().delete(release);
        steps.stored().removeAll(release);
        steps.objects().removeFinalizer(release);
        return Result.done();
    }

    /** Returns the interval with jitter, so that releases do not query the same server at the same time. */
    private static Duration interval(ProjectRelease release) {
        Duration interval = release.spec().interval().toDuration();
        Duration atLeast = interval.compareTo(SHORTEST_INTERVAL) < 0 ? SHORTEST_INTERVAL : interval;
        double jitter = ThreadLocalRandom.current().nextDouble() * JITTER;
        return atLeast.plusMillis((long) (atLeast.toMillis() * jitter));
    }
}
