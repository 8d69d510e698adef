package dev.sluice.reconciler.cluster;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.request.ApiRequests;
import java.io.IOException;
import java.util.Optional;

/** Reads source objects from the cache or, with feature gate DirectSourceFetch, from the API server. */
public interface SourceReader {

    /** Reads from the informers' caches. */
    static SourceReader cached(GeneratorInformers informers) {
        return new CachedSources(informers.sourcesByKind(), informers.whyUnreadable());
    }

    /**
     * Reads from the API server on each call.
     *
     * @param namespace the only visible namespace, as in the cache; empty for all
     */
    static SourceReader direct(ApiRequests requests, String namespace) {
        return new DirectSources(requests, namespace);
    }

    /** A source object; the artifact is empty until its controller has published one. */
    record State(Optional<Artifact> artifact) {}

    /** Empty if the object does not exist. */
    Optional<State> read(SourceKey key) throws IOException;
}
