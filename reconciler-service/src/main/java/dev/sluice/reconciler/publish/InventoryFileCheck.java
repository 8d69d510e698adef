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
 * Verifies inventory files; one that is as at its last full verification is trusted without reading it again. Nothing is
 * removed here: the digest is from a status, which others may write. The build looks at the file itself, and replaces one
 * that does not hold its tree.
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
                    .log("a stored artifact failed its integrity check; it is built again");
            return Optional.of(DriftReason.ARTIFACT_CORRUPTED);
        } catch (IOException unreadable) {
            // a failing disk is no proof of a bad file: the build looks at it again and replaces it if it can
            return Optional.of(DriftReason.ARTIFACT_CORRUPTED);
        }
    }
}
