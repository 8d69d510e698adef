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

/** The files of our artifacts: {@code projectrelease/<namespace>/<name>/<hash>.tar.gz}. Thread-safe. */
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
    /** The revision follows the content: the same files under the same version are the same revision anywhere. */
    Artifact archive(ProjectRelease release, FileTree tree) throws IOException {
        String hash = tree.contentHash().hex();
        String revision = release.spec().version() + "@sha256:" + hash;
        ObjectKey key = release.key();
        Artifact wanted = storage.newArtifact(KIND, key.namespace(), key.name(), revision, hash + ".tar.gz");
        return storage.archive(wanted, tree);
    }
    // endregion

    /** Whether the artifact lies where this release's do; a status could name any other path. */
    static boolean isOf(ObjectKey release, Artifact artifact) {
        return artifact.path().startsWith(ArtifactStorage.artifactDir(KIND, release.namespace(), release.name()) + "/");
    }

    /** Whether this is an artifact of the release, whole on disk and with its digest. */
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

    /** The artifact with the URL under which it is served now. */
    Artifact served(Artifact artifact) {
        return storage.setUrl(artifact);
    }

    // region collect
    /** A failure is no reason to fail a run that has published: the next one tries again. */
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
