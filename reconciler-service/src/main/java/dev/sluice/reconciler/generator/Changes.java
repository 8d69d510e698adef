package dev.sluice.reconciler.generator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run published anew, in the order of the artifacts; nothing of it is repeated in later runs. */
record Changes(List<Change> published) {

    static final Changes NONE = new Changes(List.of());

    Changes {
        published = List.copyOf(published);
    }

    boolean isEmpty() {
        return published.isEmpty();
    }

    /** One ExternalArtifact that got a new revision, digest or file. */
    record Change(
            String namespace,
            String name,
            String digest,
            String revision,
            @Nullable String originRevision) {}
}
