package dev.sluice.examples.release.reconcile;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.publish.ExternalArtifactPublisher;
import dev.sluice.controller.publish.Publication;
import dev.sluice.controller.publish.PublisherOptions;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.examples.release.api.ProjectRelease;
import dev.sluice.examples.release.upstream.ReleaseFailure;
import dev.sluice.examples.release.upstream.ReleaseFailure.Reason;
import dev.sluice.toolkit.meta.NamespacedObjectKindReference;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.ExternalArtifactList;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ExternalArtifacts of releases. Reads them from the API server instead of a cache, because reconciliations are
 * rare and must not take over objects of other controllers. Thread-safe.
 */
public final class PublishedArtifacts {

    /** Field manager and value of the managed-by label. */
    public static final String MANAGER = "release-controller";

    /** Selects the objects of this controller. */
    public static final String SELECTOR = "app.kubernetes.io/managed-by=" + MANAGER;

    private final ApiRequests requests;
    private final ExternalArtifactPublisher publisher;

    public PublishedArtifacts(ApiRequests requests, Clock clock) {
        this.requests = requests;
        // region publisher
        this.publisher = new ExternalArtifactPublisher(requests, PublisherOptions.named(MANAGER), clock);
        // endregion
    }

    /** Returns the objects of this controller in a namespace; an empty namespace means all. */
    public List<ExternalArtifact> all(String namespace) throws IOException {
        return requests.list(
                        ExternalArtifact.TYPE.kind(),
                        namespace,
                        Map.of("labelSelector", SELECTOR),
                        ExternalArtifactList.class)
                .items();
    }

    /** Returns the release that an artifact belongs to, if it is ours. */
    public static Optional<ObjectKey> releaseOf(ExternalArtifact artifact) {
        return Optional.ofNullable(artifact.spec().sourceRef())
                .filter(source -> ProjectRelease.TYPE.kind().kind().equals(source.kind()))
                .filter(source -> ProjectRelease.TYPE.kind().apiVersion().equals(source.apiVersion()))
                .map(source -> new ObjectKey(Objects.requireNonNullElse(source.namespace(), ""), source.name()));
    }

    /** Returns the release's ExternalArtifact, if it exists and is ours. */
    Optional<ExternalArtifact> find(ProjectRelease release) throws IOException {
        return requests.get(ExternalArtifact.TYPE.kind(), release.artifactKey(), ExternalArtifact.class)
                .filter(artifact ->
                        releaseOf(artifact).filter(release.key()::equals).isPresent());
    }

    /** @throws ReleaseFailure if an object of that name exists that does not belong to the release */
    Optional<ExternalArtifact> findOrRefuse(ProjectRelease release) throws IOException, ReleaseFailure {
        Optional<ExternalArtifact> found = find(release);
        if (found.isEmpty()
                && requests.get(ExternalArtifact.TYPE.kind(), release.artifactKey(), ExternalArtifact.class)
                        .isPresent()) {
            throw new ReleaseFailure(
                    Reason.STORAGE_OPERATION_FAILED,
                    "ExternalArtifact " + release.artifactKey()
                            + " exists but does not belong to this release; delete it or rename the release",
                    null);
        }
        return found;
    }

    // region publish
    ExternalArtifact publish(ProjectRelease release, Artifact artifact, Optional<ExternalArtifact> current)
            throws IOException {
        ObjectKey key = release.key();
        NamespacedObjectKindReference source =
                new NamespacedObjectKindReference(release.apiVersion(), release.kind(), key.name(), key.namespace());
        Publication wanted =
                new Publication(release.artifactKey(), Map.of(), Map.of(), source, owner(release), artifact);
        return publisher.publish(wanted, current.orElse(null)).object();
    }

    /** Kubernetes does not support owners in other namespaces; for these, only the finalizer cleans up. */
    private static @Nullable V1OwnerReference owner(ProjectRelease release) {
        return release.crossesNamespaces()
                ? null
                : new V1OwnerReference()
                        .apiVersion(release.apiVersion())
                        .kind(release.kind())
                        .name(release.key().name())
                        .uid(release.metadata().getUid())
                        .controller(true);
    }
    // endregion

    /** Sets Ready to False; consumers keep the artifact. A missing object is not an error. */
    void reportFailure(ExternalArtifact current, ReleaseFailure failure) throws IOException {
        try {
            publisher.reportFailure(current, failure.reason().text(), String.valueOf(failure.getMessage()));
        } catch (ApiRequestException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    void delete(ProjectRelease release) throws IOException {
        Optional<ExternalArtifact> found = find(release);
        if (found.isPresent()) {
            publisher.delete(found.get());
        }
    }
}
