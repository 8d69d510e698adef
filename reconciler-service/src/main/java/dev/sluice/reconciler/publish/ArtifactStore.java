package dev.sluice.reconciler.publish;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.ExternalArtifactPaths;
import dev.sluice.artifact.storage.VerifiedFiles;
import dev.sluice.artifact.tree.BlobStore;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.budget.BudgetWaitException;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.reconciler.stage.Stage;
import dev.sluice.reconciler.stage.Stages;
import dev.sluice.runtime.ErrorText;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores artifact files. A file name is the hash of the tree in the file, so an existing intact file is never
 * rewritten. A file that the reference controller wrote is kept if it holds the same tree.
 */
public final class ArtifactStore {

    private static final Duration GARBAGE_TIMEOUT = Duration.ofMinutes(5);
    private static final Logger LOG = LoggerFactory.getLogger(ArtifactStore.class);

    private final ArtifactStorage storage;
    private final StoredContents contents;
    private final CurrentMergeFormat ownMerges = new CurrentMergeFormat();
    private final VolumeReserve reserve;
    private final Stages stages;
    private final ArtifactStats stats;

    /**
     * Creates a store.
     *
     * @param scratch an existing directory for temporary files
     * @param maxEntries maximum number of files and directories for a stored archive to be recognised
     */
    public ArtifactStore(
            ArtifactStorage storage,
            VerifiedFiles verified,
            Path scratch,
            int maxEntries,
            VolumeReserve reserve,
            Stages stages,
            ArtifactStats stats) {
        this.storage = storage;
        this.contents = new StoredContents(storage, verified, scratch, maxEntries);
        this.reserve = reserve;
        this.stages = stages;
        this.stats = stats;
    }

    /**
     * Stores the tree unless an intact file with the same tree exists.
     *
     * @param published the artifact in the ExternalArtifact's status, or null
     */
    public StoredArtifact store(ObjectKey key, FileTree tree, @Nullable Artifact published) throws IOException {
        Artifact wanted = artifactOf(key, tree);
        if (published != null && isInOwnDirectory(published, wanted)) {
            if (published.path().equals(wanted.path()) && contents.isIntact(published)) {
                stats.unchanged();
                return new StoredArtifact(withFileOf(wanted, published), false);
            }
            if (contents.holds(published, tree)) {
                stats.unchanged();
                return new StoredArtifact(withFileOf(storage.setUrl(published), published), true);
            }
        }
        Artifact written = archive(key, wanted, tree);
        contents.remember(written, tree.contentHash());
        return new StoredArtifact(written, false);
    }

    /**
     * Returns the merged files of the published artifact. Empty if they need no comparison: the published artifact is
     * the one that was built, or this version merged and wrote it.
     *
     * @param built the tree to publish
     * @param chosen paths of the files that Merge has created
     * @param published the artifact in the ExternalArtifact's status, or null; read only if it is in the object's own
     *     directory and matches its digest
     * @param store receives the content of the files
     */
    public Optional<FileTree> publishedFiles(
            ObjectKey key,
            FileTree built,
            Set<TreePath> chosen,
            @Nullable Artifact published,
            BlobStore store,
            RunBudget run)
            throws IOException {
        Artifact wanted = artifactOf(key, built);
        boolean isOwn = published != null && ownMerges.contains(published.path(), chosen);
        ownMerges.add(wanted.path(), chosen);
        if (published == null
                || isOwn
                || published.path().equals(wanted.path())
                || !isInOwnDirectory(published, wanted)) {
            return Optional.empty();
        }
        try {
            return Optional.of(contents.files(published, chosen, store, run));
        } catch (BudgetWaitException | InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            LOG.atDebug()
                    .addKeyValue("path", published.path())
                    .addKeyValue("error", ErrorText.describe(e))
                    .log("cannot read the published artifact; merged files are not compared with it");
            return Optional.empty();
        }
    }

    /** Whether the file exists; checks the volume, because other processes may have changed it. */
    public boolean isStored(Artifact artifact) throws IOException {
        return storage.exists(artifact);
    }

    private Artifact archive(ObjectKey key, Artifact wanted, FileTree tree) throws IOException {
        long begun = stages.begin();
        VolumeReserve.Room room = reserve.take(key, tree.totalSize());
        try {
            Artifact written = storage.archive(wanted, tree);
            stats.written(Objects.requireNonNullElse(written.size(), 0L));
            return written;
        } finally {
            room.release();
            stages.end(Stage.ARCHIVE, begun, wanted.path());
        }
    }

    /**
     * Deletes the files that the retention rules no longer keep. A failure is logged and does not fail the run.
     *
     * @param superseding whether the ExternalArtifact pointed at another file until now; the retention period of that
     *     file starts now
     */
    public void collectGarbage(Artifact current, boolean superseding) {
        try {
            if (superseding) {
                storage.markCurrent(current);
            }
            var deleted = storage.collectGarbage(current, GARBAGE_TIMEOUT);
            if (!deleted.isEmpty()) {
                LOG.atInfo()
                        .addKeyValue("path", current.path())
                        .addKeyValue("files", deleted.size())
                        .log("garbage collected artifact files");
            }
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("path", current.path())
                    .addKeyValue("error", ErrorText.describe(e))
                    .log("garbage collection failed; retrying at the next run");
        }
    }

    private Artifact artifactOf(ObjectKey key, FileTree tree) {
        return storage.newArtifact(ExternalArtifactPaths.KIND, key.namespace(), key.name(), tree);
    }

    /** Takes the size from the file, because the published size may have been edited. */
    private Artifact withFileOf(Artifact artifact, Artifact published) throws IOException {
        return artifact.withFile(
                Objects.requireNonNull(published.digest()),
                Files.size(storage.localPath(published)),
                Objects.requireNonNull(published.lastUpdateTime()));
    }

    /**
     * Whether the published artifact is complete and in this object's directory; the status may have been edited.
     */
    private static boolean isInOwnDirectory(Artifact published, Artifact wanted) {
        return published.digest() != null
                && published.lastUpdateTime() != null
                && directory(published.path()).equals(directory(wanted.path()));
    }

    private static String directory(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }
}
