package dev.sluice.examples.release.upstream;

import dev.sluice.examples.release.api.ProjectRelease;
import java.io.IOException;
import java.util.Optional;

/** Judges a downloaded release before anything of it is unpacked. Called by several threads. */
// region verifier
@FunctionalInterface
public interface ReleaseVerifier {

    /**
     * Returns if the release may be published.
     *
     * @return what was verified, for the condition SourceVerified; empty if the release asks for nothing
     * @throws ReleaseFailure if it may not be published
     * @throws IOException if that cannot be found out now
     */
    Optional<String> verify(ProjectRelease release, DownloadedRelease downloaded) throws IOException, ReleaseFailure;
}
// endregion
