package dev.sluice.reconciler.cluster;

import dev.sluice.controller.informer.RecentWrites;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import io.kubernetes.client.informer.SharedIndexInformer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Reads ExternalArtifacts. */
public interface ExternalArtifactReader {

    /** Over the informer's cache, to which it adds an index: call it before the informer is started. */
    static ExternalArtifactReader cached(
            SharedIndexInformer<ExternalArtifact> informer,
            RecentWrites<ExternalArtifact> recentWrites,
            ApiRequests requests) {
        return CachedExternalArtifacts.on(informer, recentWrites, requests);
    }

    /** From the cache, corrected by our own last write. */
    Optional<ExternalArtifact> cached(ObjectKey key);

    /** From the API server: for what must not be decided on a stale cache. */
    Optional<ExternalArtifact> live(ObjectKey key) throws IOException;

    /** What carries the label of this generator in its namespace, from the cache, corrected by our own last writes; fails when the cache is not filled. */
    List<ExternalArtifact> generatedBy(String generatorUid, String namespace) throws IOException;
}
