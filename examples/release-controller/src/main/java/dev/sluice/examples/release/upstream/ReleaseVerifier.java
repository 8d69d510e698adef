package dev.sluice.examples.release.upstream;

import dev.sluice.controller.source.BuildContext;
import dev.sluice.controller.source.BuildFailure;
import dev.sluice.examples.release.api.ProjectRelease;
import java.io.IOException;
import java.util.Optional;

/** Verifies a downloaded release before it is unpacked. Called from several threads. */
// region verifier
@FunctionalInterface
public interface ReleaseVerifier {

    /**
     * Returns normally if the release can be published.
     *
     * @param context reads Secrets, for example
     * @return what was verified, for the condition SourceVerified; empty if the release requires no verification
     * @throws BuildFailure if the release must not be published
     * @throws IOException if the verification could not be completed
     */
    Optional<String> verify(ProjectRelease release, DownloadedRelease downloaded, BuildContext context)
            throws IOException, BuildFailure;
}
// endregion
