package dev.sluice.examples.release.reconcile;

import dev.sluice.controller.apply.ApplyBody;
import dev.sluice.controller.apply.ServerSideApply;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.examples.release.api.ProjectRelease;
import dev.sluice.examples.release.api.ProjectReleaseStatus;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads ProjectReleases and writes their finalizer and status. Skips writes that change nothing. Thread-safe. */
final class ReleaseObjects {

    private static final String FINALIZER = "examples.sluice.dev/release-controller";

    private final ApiRequests requests;
    private final ServerSideApply apply;

    ReleaseObjects(ApiRequests requests) {
        this.requests = requests;
        this.apply = new ServerSideApply(requests, PublishedArtifacts.MANAGER);
    }

    /** Reads from the API server: a cache without our last status would cause another download. */
    Optional<ProjectRelease> find(ObjectKey key) throws IOException {
        return requests.get(ProjectRelease.TYPE.kind(), key, ProjectRelease.class);
    }

    void addFinalizer(ProjectRelease release) throws IOException {
        List<String> finalizers = release.metadata().getFinalizers();
        if (finalizers == null || !finalizers.contains(FINALIZER)) {
            apply.apply(body(release).withFinalizers(List.of(FINALIZER)), ProjectRelease.class);
        }
    }

    /** Removes the finalizer by applying an object without it. */
    void removeFinalizer(ProjectRelease release) throws IOException {
        List<String> finalizers = release.metadata().getFinalizers();
        if (finalizers != null && finalizers.contains(FINALIZER)) {
            apply.apply(body(release), ProjectRelease.class);
        }
    }

    void writeStatus(ProjectRelease release, ProjectReleaseStatus status) throws IOException {
        if (!status.equals(release.status())) {
            apply.applyStatus(body(release).with("status", status), ProjectRelease.class);
        }
    }

    private static ApplyBody body(ProjectRelease release) {
        return ApplyBody.of(ProjectRelease.TYPE.kind(), release.key())
                .withUid(Objects.requireNonNull(release.metadata().getUid(), "uid"));
    }
}
