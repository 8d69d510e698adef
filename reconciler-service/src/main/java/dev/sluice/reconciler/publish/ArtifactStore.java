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
 * Keeps the files of artifacts. The file's name is the hash of the tree that it holds, so what is there and whole is
 * never written again; a file that the reference wrote is kept when it holds the same tree.
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
     * Keeps files in a storage.
     *
     * @param scratch an existing directory for files in the making
     * @param maxEntries files and directories that a stored archive may have to be recognised
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
     * Stores the tree, unless a file of it is there.
     *
     * @param published what the ExternalArtifact offers now, or null
     */
    public StoredArtifact keep(ObjectKey key, FileTree tree, @Nullable Artifact published) throws IOException {
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
     * Files of what the ExternalArtifact offers now. Nothing if there is no need to look: when it is what was built, or
     * what this version has merged and written itself.
     *
     * @param built what would be published
     * @param chosen where Merge has made files
     * @param published what the ExternalArtifact offers now, or null; read only if it is in the object's own directory
     *     and has its digest
     * @param store takes the content of the files
     */
    public Optional<FileTree> formerFiles(
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
                    .log("merged files are not compared with those of the published artifact");
            return Optional.empty();
        }
    }

    /** Whether the file is there, whoever else may have been at work on the volume. */
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
     * Deletes what the retention rules no longer keep; a failure is no reason to fail a run that has published.
     *
     * @param superseding whether consumers were pointed at another file until now: its time begins
     */
    public void collectGarbage(Artifact current, boolean superseding) {
        try {
            if (superseding) {
                storage.markCurrent(current);
            }
            var deleted = storage.collectGarbage(current, GARBAGE_TIMEOUT);
            if (!deleted.isEmpty()) {
                LOG.atInfo().addKeyValue("path", current.path()).log("garbage collected {} file(s)", deleted.size());
            }
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("path", current.path())
                    .addKeyValue("error", ErrorText.describe(e))
                    .log("garbage collection failed, the next run tries again");
        }
    }

    private Artifact artifactOf(ObjectKey key, FileTree tree) {
        return storage.newArtifact(ExternalArtifactPaths.KIND, key.namespace(), key.name(), tree);
    }

    /** The size is that of the file: the published one may have been edited, and would stay so for ever. */
    private Artifact withFileOf(Artifact artifact, Artifact published) throws IOException {
        return artifact.withFile(
                Objects.requireNonNull(published.digest()),
                Files.size(storage.localPath(published)),
                Objects.requireNonNull(published.lastUpdateTime()));
    }

    /** A published artifact is text that somebody may have edited; only a complete one of this object counts. */
    private static boolean isInOwnDirectory(Artifact published, Artifact wanted) {
        return published.digest() != null
                && published.lastUpdateTime() != null
                && directory(published.path()).equals(directory(wanted.path()));
    }

    private static String directory(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }
}
