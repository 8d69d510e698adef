package dev.sluice.controller.source;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.informer.RecentWrites;
import dev.sluice.controller.object.Owners;
import dev.sluice.controller.publish.ExternalArtifactPublisher;
import dev.sluice.controller.publish.Publication;
import dev.sluice.controller.publish.PublishResult;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.UnreadableObject;
import dev.sluice.controller.request.UnreadableObjectException;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.NamespacedObjectKindReference;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.meta.ToolkitObject;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ExternalArtifacts of one controller. Reads them from the API server instead of a cache, because reconciliations are
 * rare and must not take over objects of other controllers. Thread-safe.
 *
 * @param kind the kind of the objects that they are built from
 * @param recentWrites records what was written, so that these changes trigger nothing
 */
record OwnArtifacts(
        ApiRequests requests,
        ExternalArtifactPublisher publisher,
        String manager,
        ApiKind kind,
        RecentWrites<ExternalArtifact> recentWrites) {

    private static final Logger LOG = LoggerFactory.getLogger(OwnArtifacts.class);
    private static final ApiKind ARTIFACTS = ExternalArtifact.TYPE.kind();

    /** Selects the objects of a controller. */
    static String selector(String manager) {
        return "app.kubernetes.io/managed-by=" + manager;
    }

    /**
     * Returns the objects of this controller in a namespace, without those that cannot be read; an empty namespace means
     * all.
     */
    List<ExternalArtifact> all(String namespace) throws IOException {
        List<UnreadableObject> unreadable = new ArrayList<>();
        List<ExternalArtifact> all = ObjectPages.<ExternalArtifact, List<ExternalArtifact>>collect(
                requests,
                ExternalArtifact.TYPE,
                namespace,
                Map.of("labelSelector", selector(manager)),
                () -> {
                    unreadable.clear();
                    return new ArrayList<>();
                },
                (found, page) -> {
                    page.items().stream()
                            .filter(artifact -> sourceOf(artifact).isPresent())
                            .forEach(found::add);
                    unreadable.addAll(page.unreadable());
                });
        unreadable.forEach(OwnArtifacts::report);
        return all;
    }

    private static void report(UnreadableObject artifact) {
        LOG.atWarn()
                .addKeyValue("externalArtifact", artifact.key())
                .addKeyValue("error", artifact.reason())
                .log("ExternalArtifact cannot be read and is ignored; correct or delete it");
    }

    /**
     * Returns the object that an artifact was built from, if it is of this kind. Everybody who may create ExternalArtifacts
     * chooses its name, which may be empty.
     */
    Optional<ObjectKey> sourceOf(ExternalArtifact artifact) {
        NamespacedObjectKindReference source = artifact.spec().sourceRef();
        if (source == null
                || source.name().isEmpty()
                || !kind.kind().equals(source.kind())
                || !source.group().equals(kind.group())) {
            return Optional.empty();
        }
        String namespace =
                Objects.requireNonNullElse(source.namespace(), artifact.key().namespace());
        return Optional.of(new ObjectKey(namespace, source.name())).filter(StoredContent::canStore);
    }

    /** Returns the object's ExternalArtifact, if it exists and is its own. */
    Optional<ExternalArtifact> find(ObjectKey object, ObjectKey target) throws IOException {
        return requests.get(ARTIFACTS, target, ExternalArtifact.class)
                .filter(artifact -> sourceOf(artifact).filter(object::equals).isPresent());
    }

    /** @throws BuildFailure if an object of that name exists that cannot be read, or does not belong to the object */
    Optional<ExternalArtifact> findOrRefuse(ObjectKey object, ObjectKey target) throws IOException, BuildFailure {
        Optional<ExternalArtifact> found;
        try {
            found = requests.get(ARTIFACTS, target, ExternalArtifact.class);
        } catch (UnreadableObjectException e) {
            throw BuildFailure.retry(
                    "StorageOperationFailed", e.getMessage() + "; correct or delete the ExternalArtifact", e);
        }
        if (found.isPresent() && sourceOf(found.get()).filter(object::equals).isEmpty()) {
            throw BuildFailure.retry(
                    "StorageOperationFailed",
                    "ExternalArtifact " + target + " exists but does not belong to this " + kind.kind()
                            + "; delete it or rename the " + kind.kind(),
                    null);
        }
        return found;
    }

    /** Kubernetes does not support owners in other namespaces; for these, only the finalizer cleans up. */
    void publish(ToolkitObject<?, ?> object, ObjectKey target, Artifact artifact, Optional<ExternalArtifact> current)
            throws IOException, BuildFailure {
        boolean owns = target.namespace().equals(object.key().namespace());
        Publication wanted = new Publication(
                target,
                Map.of(),
                Map.of(),
                Owners.sourceOf(object),
                owns ? Owners.controllerOf(object) : null,
                artifact);
        PublishResult published = current.isEmpty() ? create(wanted) : publisher.publish(wanted, current.get());
        recentWrites.record(published.object());
    }

    /**
     * Fails if another client has created an object of this name meanwhile.
     *
     * @throws BuildFailure if there is no such namespace
     */
    private PublishResult create(Publication wanted) throws IOException, BuildFailure {
        try {
            return publisher.create(wanted);
        } catch (ApiRequestException e) {
            if (e.isNotFound()) {
                throw BuildFailure.retry("PublishFailed", FailureText.of(e), e);
            }
            throw e;
        }
    }

    /** Sets Ready to False; consumers keep the artifact. A missing object is not an error. */
    void reportFailure(ExternalArtifact current, BuildFailure failure) throws IOException {
        try {
            recentWrites.record(publisher.reportFailure(current, failure.reason(), failure.message()));
        } catch (ApiRequestException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    /** Deletes an ExternalArtifact if it exists and belongs to the object. */
    void delete(ObjectKey object, ObjectKey target) throws IOException {
        Optional<ExternalArtifact> current = find(object, target);
        if (current.isPresent()) {
            publisher.delete(current.get());
        }
    }
}
