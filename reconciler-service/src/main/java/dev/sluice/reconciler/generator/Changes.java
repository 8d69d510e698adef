package dev.sluice.reconciler.generator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The artifacts that a run changed and those that it took over, in their order; later runs do not repeat them. */
record Changes(List<Change> published, List<ArtifactResult.Takeover> takeovers) {

    static final Changes NONE = new Changes(List.of());

    Changes {
        published = List.copyOf(published);
        takeovers = List.copyOf(takeovers);
    }

    Changes(List<Change> published) {
        this(published, List.of());
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
