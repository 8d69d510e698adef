package dev.sluice.examples.release.upstream;

import dev.sluice.examples.release.api.ProjectRelease;
import java.io.IOException;

/**
 * Judges a downloaded release before anything of it is unpacked: the place for signatures (Cosign, Notation, PGP) and
 * for policies of one's own. Called by several threads.
 */
// region verifier
@FunctionalInterface
public interface ReleaseVerifier {

    /** The checksum file alone decides. */
    ReleaseVerifier CHECKSUM_ONLY = (release, downloaded) -> {};

    /**
     * Returns if the release may be published.
     *
     * @throws ReleaseFailure if it may not
     * @throws IOException if that cannot be found out now
     */
    void verify(ProjectRelease release, DownloadedRelease downloaded) throws IOException, ReleaseFailure;
}
// endregion
