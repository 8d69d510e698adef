package dev.sluice.reconciler.generator;

import dev.sluice.reconciler.namespaces.NamespaceResults;
import dev.sluice.toolkit.meta.ObjectKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run changed, in its order; later runs do not repeat it.
 *
 * @param removed ExternalArtifacts that are gone with their files
 */
record Changes(
        List<Change> published,
        List<ArtifactResult.Takeover> takeovers,
        List<ObjectKey> removed,
        NamespaceResults namespaces) {

    static final Changes NONE = new Changes(List.of());

    Changes {
        published = List.copyOf(published);
        takeovers = List.copyOf(takeovers);
        removed = List.copyOf(removed);
    }

    Changes(List<Change> published) {
        this(published, List.of(), List.of(), NamespaceResults.NONE);
    }

    /** An ExternalArtifact with a new revision, digest or file. */
    record Change(
            String namespace,
            String name,
            String digest,
            String revision,
            @Nullable String originRevision) {}
}
