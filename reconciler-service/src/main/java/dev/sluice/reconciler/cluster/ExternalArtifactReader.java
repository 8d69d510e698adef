package dev.sluice.reconciler.cluster;

import dev.sluice.controller.informer.RecentWrites;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import io.kubernetes.client.informer.SharedIndexInformer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads ExternalArtifacts. */
public interface ExternalArtifactReader {

    /**
     * Reads from the informer's cache and adds an index to it; call before the informer is started.
     *
     * @param setAside whether an object exists that cannot be read and is therefore not in the cache
     */
    static ExternalArtifactReader cached(
            SharedIndexInformer<ExternalArtifact> informer,
            RecentWrites<ExternalArtifact> recentWrites,
            Predicate<ObjectKey> setAside,
            ApiRequests requests) {
        return CachedExternalArtifacts.on(informer, recentWrites, setAside, requests);
    }

    /** Reads from a cache to which {@link #cached} has added the index, without the writes of this process. */
    static ExternalArtifactReader indexed(
            SharedIndexInformer<ExternalArtifact> informer, Predicate<ObjectKey> setAside, ApiRequests requests) {
        return new CachedExternalArtifacts(
                informer.getIndexer(), informer::hasSynced, new RecentWrites<>(), setAside, requests);
    }

    /** Reads from the cache, combined with this process's last write. */
    Optional<ExternalArtifact> cached(ObjectKey key);

    /** Whether an object exists that cannot be read. It is not in the cache; do not treat it as absent. */
    boolean isSetAside(ObjectKey key);

    /** Reads from the API server, for decisions that a stale cache must not affect. */
    Optional<ExternalArtifact> live(ObjectKey key) throws IOException;

    /**
     * The objects with this generator's label in all namespaces, from the cache, combined with this process's recent
     * writes. Those in other namespaces than the generator's may have a copied label.
     *
     * @throws IOException if the cache is not synced
     */
    List<ExternalArtifact> generatedBy(String generatorUid) throws IOException;
}
