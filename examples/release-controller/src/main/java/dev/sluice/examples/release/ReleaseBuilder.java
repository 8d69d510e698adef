package dev.sluice.examples.release;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.fetch.FetchOptions;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.object.StatusExtras;
import dev.sluice.controller.source.BuildContext;
import dev.sluice.controller.source.BuildFailure;
import dev.sluice.controller.source.Content;
import dev.sluice.controller.source.ContentBuilder;
import dev.sluice.examples.release.api.ProjectRelease;
import dev.sluice.examples.release.api.ProjectReleaseStatus;
import dev.sluice.examples.release.upstream.DownloadedRelease;
import dev.sluice.examples.release.upstream.ReleaseVerifier;
import dev.sluice.examples.release.upstream.Upstream;
import dev.sluice.toolkit.source.SourceConditionTypes;
import java.io.IOException;
import java.util.Optional;

/** Builds the artifact of a release: downloads its file, verifies it, and unpacks it. */
record ReleaseBuilder(FetchOptions options, ReleaseVerifier verifier) implements ContentBuilder<ProjectRelease> {

    // region build
    @Override
    public Content build(ProjectRelease release, BuildContext context) throws IOException, BuildFailure {
        Upstream upstream = Upstream.open(release, context, options);
        Digest checksum = upstream.checksum();
        String origin = release.spec().version() + "@" + checksum;
        if (context.published()
                .filter(artifact -> isUpToDate(release, origin, artifact))
                .isPresent()) {
            return Content.unchanged().withStatus(status(release, checksum, Optional.empty()));
        }
        DownloadedRelease downloaded = upstream.download(checksum);
        Optional<String> verified = verifier.verify(release, downloaded, context);
        return Content.of(downloaded.unpack(release.spec().directory(), context))
                .withVersion(release.spec().version())
                .withMetadata(Artifact.ORIGIN_REVISION, origin)
                .withStatus(status(release, checksum, verified));
    }

    /** Whether neither the spec nor the upstream file has changed since the last publication. */
    private static boolean isUpToDate(ProjectRelease release, String origin, Artifact published) {
        ProjectReleaseStatus status = release.status();
        return status != null
                && Long.valueOf(release.generation()).equals(status.publishedGeneration())
                && published.originRevision().filter(origin::equals).isPresent();
    }
    // endregion

    // region status
    /** @param verified the signature that was verified in this run; empty keeps the result of an earlier run */
    private static StatusExtras status(ProjectRelease release, Digest checksum, Optional<String> verified) {
        StatusExtras status = StatusExtras.NONE
                .with("publishedGeneration", release.generation())
                .with("upstreamDigest", checksum.toString());
        if (release.spec().verify() == null) {
            return status.withoutCondition(SourceConditionTypes.SOURCE_VERIFIED);
        }
        return verified.map(
                        what -> status.withCondition(SourceConditionTypes.SOURCE_VERIFIED, "True", "Succeeded", what))
                .orElse(status);
    }
    // endregion
}
