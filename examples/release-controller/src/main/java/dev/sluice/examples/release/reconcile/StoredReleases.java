package dev.sluice.examples.release.reconcile;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.VerifiedFiles;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.examples.release.api.ProjectRelease;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stored files: {@code projectrelease/<namespace>/<name>/<hash>.tar.gz}. Thread-safe. */
final class StoredReleases {

    private static final Logger LOG = LoggerFactory.getLogger(StoredReleases.class);
    private static final String KIND = ProjectRelease.TYPE.kind().kind();
    private static final Duration GARBAGE_TIMEOUT = Duration.ofMinutes(1);

    private final ArtifactStorage storage;
    private final VerifiedFiles verified;

    StoredReleases(ArtifactStorage storage, VerifiedFiles verified) {
        this.storage = storage;
        this.verified = verified;
    }

    // region archive
    /** The revision is computed from the content: equal files of the same version have the same revision everywhere. */
    Artifact archive(ProjectRelease release, FileTree tree) throws IOException {
        String hash = tree.contentHash().hex();
        String revision = release.spec().version() + "@sha256:" + hash;
        ObjectKey key = release.key();
        Artifact wanted = storage.newArtifact(KIND, key.namespace(), key.name(), revision, hash + ".tar.gz");
        return storage.archive(wanted, tree);
    }
    // endregion

    /** Whether the artifact's path is one of this release; a status can contain any path. */
    static boolean isOf(ObjectKey release, Artifact artifact) {
        return artifact.path().startsWith(ArtifactStorage.artifactDir(KIND, release.namespace(), release.name()) + "/");
    }

    /** Whether this is an artifact of the release whose stored file has the right digest. */
    boolean isIntact(ProjectRelease release, Artifact artifact) {
        try {
            if (!isOf(release.key(), artifact)) {
                return false;
            }
            verified.verify(artifact);
            return true;
        } catch (IOException notIntact) {
            return false;
        }
    }

    /** Returns the artifact with its current URL. */
    Artifact served(Artifact artifact) {
        return storage.setUrl(artifact);
    }

    // region collect
    /** A failure does not fail the reconciliation; the next one retries. */
    void collectGarbage(Artifact current) {
        try {
            List<Path> deleted = storage.collectGarbage(current, GARBAGE_TIMEOUT);
            if (!deleted.isEmpty()) {
                LOG.atInfo().addKeyValue("count", deleted.size()).log("Garbage collected");
            }
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("error", e.getMessage()).log("Garbage collection failed");
        }
    }
    // endregion

    void removeAll(ProjectRelease release) throws IOException {
        ObjectKey key = release.key();
        storage.removeAll(storage.newArtifact(KIND, key.namespace(), key.name(), "", "any.tar.gz"));
    }
}
