package dev.sluice.reconciler.volume;

import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The ExternalArtifacts of all generators, shards and other controllers, in the namespaces that are watched. */
public interface ExternalArtifactLister {

    /** Whether the caches have been filled; before, nothing can be said of any directory. */
    boolean synced();

    /** The one namespace that is watched; empty for all. */
    String namespace();

    /** What the cache holds. */
    List<ExternalArtifact> cached();

    /** The object as the cache holds it. */
    Optional<ExternalArtifact> cached(ObjectKey key);

    /** The object as it is in the API server. */
    Optional<ExternalArtifact> live(ObjectKey key) throws IOException;

    /**
     * Every object as it is in the API server.
     *
     * @throws IOException if the list did not come whole: then nothing may be concluded from what was seen of it
     */
    void forEachLive(Consumer<ExternalArtifact> action) throws IOException;

    /** Whether the object's artifact is as a shard applied it. What somebody else wrote there says nothing of a file. */
    boolean isAsApplied(ExternalArtifact artifact);

    /** The generator of this shard that the object belongs to; empty for those of other shards and controllers. */
    Optional<ObjectKey> ownGenerator(ExternalArtifact artifact);

    /** Whether that generator lists just this as published, and would build it again. */
    boolean isClaimed(ExternalArtifact artifact);
}
