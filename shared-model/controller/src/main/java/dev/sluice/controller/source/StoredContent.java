package dev.sluice.controller.source;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.StoredNames;
import dev.sluice.artifact.storage.VerifiedFiles;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stored files: {@code <kind>/<namespace>/<name>/<content hash>.tar.gz}. Thread-safe. */
record StoredContent(ArtifactStorage storage, VerifiedFiles verified, String kind) {

    private static final Logger LOG = LoggerFactory.getLogger(StoredContent.class);
    private static final Duration GARBAGE_TIMEOUT = Duration.ofMinutes(1);

    /** Whether files can be stored for this object: a name that ends in {@code .lock} is valid only in Kubernetes. */
    static boolean canStore(ObjectKey key) {
        return StoredNames.isServable(key.namespace()) && StoredNames.isServable(key.name());
    }

    /** Equal files of the same version have the same revision everywhere. */
    Artifact archive(ObjectKey key, FileTree tree, Content content) throws IOException {
        String hash = tree.contentHash().hex();
        String revision = content.version() + "@sha256:" + hash;
        Artifact wanted = storage.newArtifact(kind, key.namespace(), key.name(), revision, hash + ".tar.gz");
        return storage.archive(wanted, tree).withMetadata(content.metadata());
    }

    /** Whether the artifact's path is one of this object; a status can contain any path. */
    boolean isOf(ObjectKey key, Artifact artifact) {
        return artifact.path().startsWith(ArtifactStorage.artifactDir(kind, key.namespace(), key.name()) + "/");
    }

    /** Whether this is an artifact of the object whose stored file has the right digest. */
    boolean isIntact(ObjectKey key, Artifact artifact) {
        try {
            if (!isOf(key, artifact)) {
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

    /** A failure does not fail the reconciliation; the next one retries. */
    void collectGarbage(Artifact current) {
        try {
            List<Path> deleted = storage.collectGarbage(current, GARBAGE_TIMEOUT);
            if (!deleted.isEmpty()) {
                LOG.atInfo().addKeyValue("count", deleted.size()).log("garbage collected");
            }
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("error", e.getMessage())
                    .log("garbage collection failed; retrying at the next run");
        }
    }

    void removeAll(ObjectKey key) throws IOException {
        if (canStore(key)) {
            storage.removeAll(kind, key.namespace(), key.name());
        }
    }
}
