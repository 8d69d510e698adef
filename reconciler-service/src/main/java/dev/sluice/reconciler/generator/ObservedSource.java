package dev.sluice.reconciler.generator;

import org.jspecify.annotations.Nullable;

/** What a source object offered when it was read: its artifact's digest, revision, URL and origin revision. */
record ObservedSource(
        String digest,
        String revision,
        String url,
        @Nullable String originRevision) {

    /** The origin revision, or the revision of a source that has none. */
    String effectiveOriginRevision() {
        return originRevision != null && !originRevision.isEmpty() ? originRevision : revision;
    }
}
