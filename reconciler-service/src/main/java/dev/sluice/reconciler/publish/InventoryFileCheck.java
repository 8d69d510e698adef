package dev.sluice.reconciler.publish;

import dev.sluice.artifact.digest.DigestMismatchException;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactNotFoundException;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.ExternalArtifactPaths;
import dev.sluice.artifact.storage.VerifiedFiles;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies the files of an inventory. A file that is unchanged since its last full verification is not read again.
 * Never deletes a file: the digest comes from a status, which others may have edited. The build checks the file and
 * replaces it if it does not hold the tree.
 */
final class InventoryFileCheck implements StoredFileCheck {

    private static final Logger LOG = LoggerFactory.getLogger(InventoryFileCheck.class);

    private final VerifiedFiles verified;

    InventoryFileCheck(VerifiedFiles verified) {
        this.verified = verified;
    }

    @Override
    public Optional<DriftReason> check(List<ArtifactInventoryEntry> inventory) {
        return inventory.stream().map(this::check).flatMap(Optional::stream).findFirst();
    }

    private Optional<DriftReason> check(ArtifactInventoryEntry entry) {
        Artifact artifact;
        try {
            artifact = Artifact.of(
                            ArtifactStorage.artifactPath(
                                    ExternalArtifactPaths.KIND,
                                    Objects.requireNonNullElse(entry.namespace(), ""),
                                    entry.name(),
                                    entry.filenameOrEmpty()),
                            "",
                            "")
                    .withDigest(entry.digest());
        } catch (IllegalArgumentException editedByHand) {
            return Optional.of(DriftReason.ARTIFACT_MISSING);
        }
        try {
            verified.verify(artifact);
            return Optional.empty();
        } catch (ArtifactNotFoundException missing) {
            return Optional.of(DriftReason.ARTIFACT_MISSING);
        } catch (DigestMismatchException corrupted) {
            LOG.atWarn()
                    .addKeyValue("path", artifact.path())
                    .addKeyValue("error", String.valueOf(corrupted.getMessage()))
                    .log("stored artifact failed its integrity check; rebuilding");
            return Optional.of(DriftReason.ARTIFACT_CORRUPTED);
        } catch (IOException unreadable) {
            // an I/O error does not prove a damaged file; the build checks the file and replaces it if necessary
            return Optional.of(DriftReason.ARTIFACT_CORRUPTED);
        }
    }
}
