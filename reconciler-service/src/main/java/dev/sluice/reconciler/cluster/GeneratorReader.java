package dev.sluice.reconciler.cluster;

import dev.sluice.controller.request.ApiRequests;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.informer.SharedIndexInformer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Reads ArtifactGenerators from the cache; what comes out is shared and must not be changed. */
public interface GeneratorReader {

    /** Over the informer's cache, to which it adds indexes: call it before the informer is started. */
    static GeneratorReader cached(SharedIndexInformer<ArtifactGenerator> informer, ApiRequests requests) {
        return CachedGenerators.on(informer, requests);
    }

    Optional<ArtifactGenerator> get(ObjectKey key);

    /** From the API server: for what must not be decided on a stale cache. */
    Optional<ArtifactGenerator> read(ObjectKey key) throws IOException;

    Optional<ArtifactGenerator> withUid(String uid);

    /** The generators whose spec names this ExternalArtifact as an output; those with a pathPattern name none. */
    List<ArtifactGenerator> naming(ObjectKey externalArtifact);

    /** The generators that use this source. */
    List<ObjectKey> using(SourceKey source);

    /**
     * Whether the generator of this name still is the one with this UID; asks the API server when the cache does not know
     * the UID, because the generators of other shards are not in it.
     */
    boolean isAlive(String uid, ObjectKey key) throws IOException;
}
