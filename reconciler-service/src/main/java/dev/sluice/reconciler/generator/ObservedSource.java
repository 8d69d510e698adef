package dev.sluice.reconciler.generator;

import org.jspecify.annotations.Nullable;

/** Digest, revision, URL and origin revision of a source's artifact when it was read. */
record ObservedSource(
        String digest,
        String revision,
        String url,
        @Nullable String originRevision) {

    /** The origin revision; the revision if the source has none. */
    String effectiveOriginRevision() {
        return originRevision != null && !originRevision.isEmpty() ? originRevision : revision;
    }
}
