package dev.sluice.reconciler.volume;

import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The ExternalArtifacts of all generators, shards and other controllers in the watched namespaces. */
public interface ExternalArtifactLister {

    /** Whether the caches are filled; until then no directory can be judged. */
    boolean synced();

    /** The watched namespace; empty for all. */
    String namespace();

    /** All objects in the cache. */
    List<ExternalArtifact> cached();

    /** The object in the cache. */
    Optional<ExternalArtifact> cached(ObjectKey key);

    /** The object in the API server. */
    Optional<ExternalArtifact> live(ObjectKey key) throws IOException;

    /**
     * Calls the action for every object in the API server.
     *
     * @throws IOException if the list is incomplete; the caller must then draw no conclusion from the objects it has
     *     seen
     */
    void forEachLive(Consumer<ExternalArtifact> action) throws IOException;

    /**
     * Whether a shard applied the object's artifact. An artifact from another writer does not prove that a file exists.
     */
    boolean isAsApplied(ExternalArtifact artifact);

    /** The generator of this shard that owns the object; empty for objects of other shards and controllers. */
    Optional<ObjectKey> ownGenerator(ExternalArtifact artifact);

    /** Whether that generator lists this object in its inventory and would rebuild it. */
    boolean isClaimed(ExternalArtifact artifact);
}
