package dev.sluice.reconciler.publish;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.informer.RecentWrites;
import dev.sluice.controller.publish.ExportedInputs;
import dev.sluice.controller.publish.ExternalArtifactPublisher;
import dev.sluice.controller.publish.Publication;
import dev.sluice.controller.publish.PublishResult;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.reconciler.pathpattern.PlannedArtifact;
import dev.sluice.reconciler.stage.Stage;
import dev.sluice.reconciler.stage.Stages;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Publishes and deletes the ExternalArtifacts of generators. Remembers the last publication of each object, so that
 * edits by others are detected. Thread-safe.
 */
public final class ExternalArtifactStore {

    private static final Artifact NOT_STORED = Artifact.of("", "", "");

    private final ExternalArtifactPublisher publisher;
    private final RecentWrites<ExternalArtifact> recentWrites;
    private final Stages stages;
    private final Map<ObjectKey, Publication> published = new ConcurrentHashMap<>();

    /** @param recentWrites is notified of writes and deletions */
    public ExternalArtifactStore(
            ExternalArtifactPublisher publisher, RecentWrites<ExternalArtifact> recentWrites, Stages stages) {
        this.publisher = publisher;
        this.recentWrites = recentWrites;
        this.stages = stages;
    }

    /**
     * Writes the fields that differ from {@code current}, the existing object, or null if there is none.
     *
     * @throws ApiRequestException a conflict if the object is not the generator's and has changed since it was read, or
     *     exists although {@code current} is null
     */
    public void publish(
            ArtifactGenerator generator,
            PlannedArtifact planned,
            Artifact artifact,
            ExportedInputs inputs,
            @Nullable ExternalArtifact current)
            throws IOException {
        ObjectKey key = generator.artifactKey(planned.artifact());
        Publication wanted = PublicationPlan.of(generator, key, planned.captures(), artifact, inputs);
        PublishResult result = write(wanted, () -> send(generator, wanted, current));
        published.put(wanted.key(), wanted.withInputsDigestOnly());
        if (result.written()) {
            recentWrites.record(result.object());
        }
    }

    private PublishResult send(ArtifactGenerator generator, Publication wanted, @Nullable ExternalArtifact current)
            throws IOException {
        if (current == null) {
            return publisher.create(wanted);
        }
        return Ownership.hasLabelOf(generator, current)
                ? publisher.publish(wanted, current)
                : publisher.takeOver(wanted, current);
    }

    /** Checks whether the API server would create the object; changes nothing. */
    public void checkCreation(ArtifactGenerator generator, PlannedArtifact planned) throws IOException {
        publisher.checkCreation(PublicationPlan.of(
                generator,
                generator.artifactKey(planned.artifact()),
                planned.captures(),
                NOT_STORED,
                ExportedInputs.NONE));
    }

    /** Sends the requests for an object. */
    private interface Requests {
        PublishResult send() throws IOException;
    }

    private PublishResult write(Publication wanted, Requests requests) throws IOException {
        long begun = stages.begin();
        try {
            return requests.send();
        } catch (ApiRequestException e) {
            if (e.isConflict()) {
                // the remembered object is outdated; the cache has the current one or receives it soon
                recentWrites.forget(wanted.key());
            }
            throw e;
        } finally {
            stages.end(Stage.PUBLISH, begun, wanted.key());
        }
    }

    /** The last publication of this process under the name. */
    Optional<Publication> lastPublished(ObjectKey key) {
        return Optional.ofNullable(published.get(key));
    }

    /** Whether this process was the last to publish the object, for the generator in its label. */
    public boolean isPublishedHere(ExternalArtifact object) {
        return lastPublished(object.key())
                .map(last -> last.labels().get(Ownership.GENERATOR_LABEL))
                .equals(Ownership.generatorUid(object));
    }

    /**
     * The artifact that the object offers: the last publication of this process, or of another shard after it, else the
     * one in the object. If others have edited the status, revision and metadata are replaced; the file itself is
     * checked later.
     */
    public @Nullable Artifact published(ExternalArtifact current) {
        Publication last = published.get(current.key());
        if (last != null && !isReplaced(last.artifact(), current)) {
            return last.artifact();
        }
        Artifact artifact = current.artifact().orElse(null);
        return artifact == null || publisher.ownsArtifact(current)
                ? artifact
                : artifact.withRevision("latest@" + artifact.digest()).withMetadata(Map.of());
    }

    /**
     * Whether another shard published a different artifact in the meantime; such a publication counts as our own. An
     * artifact that somebody emptied or removed does not count.
     */
    private boolean isReplaced(Artifact last, ExternalArtifact current) {
        boolean another = current.artifact()
                .filter(now -> !now.path().equals(last.path())
                        || !now.revision().equals(last.revision())
                        || !Objects.equals(now.digest(), last.digest()))
                .isPresent();
        return another && !recentWrites.covers(current) && publisher.ownsArtifact(current);
    }

    boolean isPublished(Publication wanted, ExternalArtifact current) {
        return publisher.isPublished(wanted, current);
    }

    /**
     * Deletes this version of the object; a missing object is not an error.
     *
     * @throws ApiRequestException a conflict if the object has changed since it was read
     */
    public void delete(ExternalArtifact object) throws IOException {
        publisher.deleteUnchanged(object);
        gone(object);
    }

    /** Forgets the object, which no longer exists. */
    public void gone(ExternalArtifact object) {
        published.remove(object.key());
        recentWrites.gone(object);
    }
}
