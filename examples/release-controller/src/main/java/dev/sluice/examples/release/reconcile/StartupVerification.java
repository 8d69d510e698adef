package dev.sluice.examples.release.reconcile;

import dev.sluice.artifact.digest.DigestMismatchException;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactNotFoundException;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.MissingDigestException;
import dev.sluice.artifact.storage.UnparsableDigestException;
import dev.sluice.artifact.tree.UnsafePathException;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies every stored file against the digest in the cluster before anything is served or reconciled. Deletes corrupt
 * files, so that they cannot be downloaded; the release's first reconciliation downloads them again.
 */
public final class StartupVerification {

    private static final Logger LOG = LoggerFactory.getLogger(StartupVerification.class);

    private final ArtifactStorage storage;

    public StartupVerification(ArtifactStorage storage) {
        this.storage = storage;
    }

    // region verify
    /**
     * Verifies the published artifacts.
     *
     * @throws IOException if the volume cannot be read; the controller then stops instead of downloading everything
     *     again
     */
    public void run(List<ExternalArtifact> published) throws IOException {
        for (ExternalArtifact object : published) {
            Optional<Artifact> artifact = object.artifact();
            if (artifact.isPresent()) {
                verify(object, artifact.get());
            }
        }
    }

    private void verify(ExternalArtifact object, Artifact artifact) throws IOException {
        try {
            storage.verify(artifact);
        } catch (DigestMismatchException e) {
            report(object, e);
            // keep the file if the status names the file of another release: then the status is wrong
            if (PublishedArtifacts.releaseOf(object)
                    .filter(release -> StoredReleases.isOf(release, artifact))
                    .isPresent()) {
                storage.remove(artifact);
            }
        } catch (ArtifactNotFoundException
                | MissingDigestException
                | UnparsableDigestException
                | UnsafePathException e) {
            report(object, e);
        }
    }
    // endregion

    private static void report(ExternalArtifact object, IOException e) {
        LOG.atWarn()
                .addKeyValue("externalArtifact", object.key())
                .addKeyValue("error", e.getMessage())
                .log("Stored artifact is corrupt or missing; it is rebuilt");
    }
}
