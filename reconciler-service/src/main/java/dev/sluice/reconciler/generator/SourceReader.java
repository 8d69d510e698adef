package dev.sluice.reconciler.generator;

import dev.sluice.artifact.storage.Artifact;
import java.io.IOException;
import java.util.Optional;

/** Reads source objects, from the cache or (feature gate DirectSourceFetch) from the API server. */
interface SourceReader {

    /** A source object; its artifact is empty until its controller has published one. */
    record State(Optional<Artifact> artifact) {}

    /** Empty when there is no such object. */
    Optional<State> read(SourceKey key) throws IOException;
}
