package dev.sluice.reconciler.publish;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.informer.RecentWrites;
import dev.sluice.controller.publish.ExternalArtifactPublisher;
import dev.sluice.controller.publish.Publication;
import dev.sluice.controller.publish.PublishResult;
import dev.sluice.controller.request.ApiRequestException;
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
 * Publishes and deletes the ExternalArtifacts of generators, and remembers what was published last, so that an edit by
 * somebody else is noticed. Holds one publication per living object. Thread-safe.
 */
public final class ExternalArtifactStore {

    private final ExternalArtifactPublisher publisher;
    private final RecentWrites<ExternalArtifact> recentWrites;
    private final Stages stages;
    private final Map<ObjectKey, Publication> published = new ConcurrentHashMap<>();

    /** @param recentWrites learn what was written and what is gone */
    public ExternalArtifactStore(
            ExternalArtifactPublisher publisher, RecentWrites<ExternalArtifact> recentWrites, Stages stages) {
        this.publisher = publisher;
        this.recentWrites = recentWrites;
        this.stages = stages;
    }

    /** Writes what differs from {@code current}, the object as it stands, or null when there is none. */
    public void publish(
            ArtifactGenerator generator, PlannedArtifact planned, Artifact artifact, @Nullable ExternalArtifact current)
            throws IOException {
        Publication wanted = PublicationPlan.of(generator, planned.artifact().name(), planned.captures(), artifact);
        PublishResult result = write(wanted, current);
        published.put(wanted.key(), wanted);
        if (result.written()) {
            recentWrites.record(result.object());
        }
    }

    private PublishResult write(Publication wanted, @Nullable ExternalArtifact current) throws IOException {
        long begun = stages.begin();
        try {
            return publisher.publish(wanted, current);
        } catch (ApiRequestException e) {
            if (e.isConflict()) {
                // what is remembered is not what stands: the cache knows better, or will soon
                recentWrites.forget(wanted.key());
            }
            throw e;
        } finally {
            stages.end(Stage.PUBLISH, begun, wanted.key());
        }
    }

    /** What this process published last under the name. */
    Optional<Publication> lastPublished(ObjectKey key) {
        return Optional.ofNullable(published.get(key));
    }

    /**
     * What the object offers by our own word: what this process published last, or another shard after it, else what the
     * object says. What somebody has written into it meanwhile is not believed: its file is looked at, revision and
     * metadata are those of the file.
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
     * Whether another shard, which had the generator meanwhile, published something else. It is as much ours as what was
     * published here; what somebody took out of the artifact, or all of it, is no publication.
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
     * Deletes exactly this version of this object; one that is gone is fine.
     *
     * @throws ApiRequestException a conflict when somebody has changed it since it was read
     */
    public void delete(ExternalArtifact object) throws IOException {
        publisher.deleteUnchanged(object);
        gone(object);
    }

    /** The object is gone. */
    public void gone(ExternalArtifact object) {
        published.remove(object.key());
        recentWrites.gone(object);
    }
}
