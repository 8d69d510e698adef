package dev.sluice.reconciler.generator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The artifacts that a run changed, in their order; later runs do not repeat them. */
record Changes(List<Change> published) {

    static final Changes NONE = new Changes(List.of());

    Changes {
        published = List.copyOf(published);
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
