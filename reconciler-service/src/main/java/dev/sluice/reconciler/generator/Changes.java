package dev.sluice.reconciler.generator;

import dev.sluice.reconciler.namespaces.NamespaceResults;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run changed and what it took over, in its order; later runs do not repeat them. */
record Changes(List<Change> published, List<ArtifactResult.Takeover> takeovers, NamespaceResults namespaces) {

    static final Changes NONE = new Changes(List.of());

    Changes {
        published = List.copyOf(published);
        takeovers = List.copyOf(takeovers);
    }

    Changes(List<Change> published) {
        this(published, List.of(), NamespaceResults.NONE);
    }

    boolean isEmpty() {
        return published.isEmpty();
    }

    /** An ExternalArtifact with a new revision, digest or file. */
    record Change(
            String namespace,
            String name,
            String digest,
            String revision,
            @Nullable String originRevision) {}
}
