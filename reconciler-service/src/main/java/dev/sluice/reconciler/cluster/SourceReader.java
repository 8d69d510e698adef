package dev.sluice.reconciler.cluster;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.request.ApiRequests;
import java.io.IOException;
import java.util.Optional;

/** Reads source objects, from the cache or (feature gate DirectSourceFetch) from the API server. */
public interface SourceReader {

    /** From the informers' caches. */
    static SourceReader cached(GeneratorInformers informers) {
        return new CachedSources(informers.sourcesByKind(), informers.whyUnreadable());
    }

    /**
     * From the API server each time.
     *
     * @param namespace the only one whose sources are seen, as by the cache; empty for all
     */
    static SourceReader direct(ApiRequests requests, String namespace) {
        return new DirectSources(requests, namespace);
    }

    /** A source object; its artifact is empty until its controller has published one. */
    record State(Optional<Artifact> artifact) {}

    /** Empty when there is no such object. */
    Optional<State> read(SourceKey key) throws IOException;
}
