package dev.sluice.reconciler.generator;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.reconciler.publish.StoredArtifact;
import dev.sluice.toolkit.extensions.OutputArtifact;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The revision and origin revision of an artifact. Consumers react to a new revision, so the revision changes only with
 * the content or with the source that the spec names. The origin revision changes only with content or revision.
 */
record Revisions(Optional<ObservedSource> revisionSource, Optional<ObservedSource> originSource) {

    static Revisions of(OutputArtifact artifact, ObservedSources observed) {
        return new Revisions(
                artifact.revisionAlias().flatMap(observed::find),
                artifact.originRevisionAlias().flatMap(observed::find));
    }

    /**
     * Returns the stored file as an artifact with its revisions.
     *
     * @param published the published artifact, or null
     */
    Artifact apply(StoredArtifact stored, @Nullable Artifact published) {
        String revision = revision(stored, published);
        Artifact artifact = stored.artifact().withRevision(revision);
        return artifact.withMetadata(originSource
                .map(source -> Map.of(Artifact.ORIGIN_REVISION, origin(artifact, published, source)))
                .orElse(Map.of()));
    }

    private String revision(StoredArtifact stored, @Nullable Artifact published) {
        if (revisionSource.isPresent()) {
            return revisionSource.get().revision();
        }
        return stored.takenOver() && published != null
                ? published.revision()
                : stored.artifact().revision();
    }

    private static String origin(Artifact artifact, @Nullable Artifact published, ObservedSource source) {
        if (published != null
                && published.revision().equals(artifact.revision())
                && published.path().equals(artifact.path())) {
            return published.metadata().getOrDefault(Artifact.ORIGIN_REVISION, source.effectiveOriginRevision());
        }
        return source.effectiveOriginRevision();
    }
}
