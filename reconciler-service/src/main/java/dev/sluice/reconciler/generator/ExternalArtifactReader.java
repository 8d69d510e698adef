package dev.sluice.reconciler.generator;

import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Reads ExternalArtifacts. */
interface ExternalArtifactReader {

    /** From the cache, corrected by our own last write. */
    Optional<ExternalArtifact> cached(ObjectKey key);

    /** From the API server: for what must not be decided on a stale cache. */
    Optional<ExternalArtifact> live(ObjectKey key) throws IOException;

    /** What carries the label of this generator in its namespace, from the cache, corrected by our own last writes; fails when the cache is not filled. */
    List<ExternalArtifact> generatedBy(String generatorUid, String namespace) throws IOException;
}
