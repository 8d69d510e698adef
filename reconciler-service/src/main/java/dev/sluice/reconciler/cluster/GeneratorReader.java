package dev.sluice.reconciler.cluster;

import dev.sluice.controller.request.ApiRequests;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.informer.SharedIndexInformer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Reads ArtifactGenerators from the cache. The returned objects are shared and must not be modified. */
public interface GeneratorReader {

    /** Reads from the informer's cache and adds indexes to it; call before the informer is started. */
    static GeneratorReader cached(SharedIndexInformer<ArtifactGenerator> informer, ApiRequests requests) {
        return CachedGenerators.on(informer, requests);
    }

    /** Reads from a cache to which {@link #cached} has added the indexes. */
    static GeneratorReader indexed(SharedIndexInformer<ArtifactGenerator> informer, ApiRequests requests) {
        return new CachedGenerators(informer.getIndexer(), requests);
    }

    Optional<ArtifactGenerator> get(ObjectKey key);

    /** Reads from the API server, for decisions that a stale cache must not affect. */
    Optional<ArtifactGenerator> read(ObjectKey key) throws IOException;

    Optional<ArtifactGenerator> withUid(String uid);

    /**
     * The generators of this namespace whose spec has this ExternalArtifact as an output; none with a pathPattern. A spec
     * of another namespace does not count: it may name an output that its author must not publish.
     */
    List<ArtifactGenerator> naming(ObjectKey externalArtifact);

    /** The generators that use this source. */
    List<ObjectKey> using(SourceKey source);

    /**
     * Whether the generator with this name still has this UID. Asks the API server if the UID is not in the cache,
     * because the cache lacks the generators of other shards.
     */
    boolean isAlive(String uid, ObjectKey key) throws IOException;
}
