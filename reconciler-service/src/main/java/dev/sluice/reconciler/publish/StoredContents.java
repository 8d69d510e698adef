package dev.sluice.reconciler.publish;

import dev.sluice.artifact.archive.TarGzReader;
import dev.sluice.artifact.archive.UnpackOptions;
import dev.sluice.artifact.concurrent.LruMap;
import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.VerifiedFiles;
import dev.sluice.artifact.tree.BlobStore;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.budget.RunBudget;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Answers whether stored files are intact and which tree they hold. Reads each file once. Thread-safe. */
final class StoredContents {

    private static final int MAX_REMEMBERED = 20_000;

    private final ArtifactStorage storage;
    private final VerifiedFiles verified;
    private final Path scratch;
    private final int maxEntries;

    /** Content hash by path and digest; evicts the least recently used. */
    private final Map<String, String> hashes = Collections.synchronizedMap(new LruMap<>(MAX_REMEMBERED));

    StoredContents(ArtifactStorage storage, VerifiedFiles verified, Path scratch, int maxEntries) {
        this.storage = storage;
        this.verified = verified;
        this.scratch = scratch;
        this.maxEntries = maxEntries;
    }

    /** Whether the file exists and matches its digest. */
    boolean isIntact(Artifact artifact) {
        try {
            verified.verify(artifact);
            return true;
        } catch (IOException notIntact) {
            return false;
        }
    }

    /**
     * Returns selected files of an intact stored artifact.
     *
     * @throws IOException if the file cannot be read, or exceeds the budget of the run
     */
    FileTree files(Artifact artifact, Set<TreePath> chosen, BlobStore store, RunBudget run) throws IOException {
        verified.verify(artifact);
        SelectedFiles read = SelectedFiles.read(storage.localPath(artifact), chosen, store, run);
        remember(artifact, read.contentHash());
        return read.files();
    }

    void remember(Artifact artifact, Digest contentHash) {
        hashes.put(keyOf(artifact), contentHash.hex());
    }

    /** Whether the file is intact and holds exactly this tree; false for a file that is not a readable archive. */
    boolean holds(Artifact artifact, FileTree tree) {
        if (!isIntact(artifact)) {
            return false;
        }
        String known = hashes.get(keyOf(artifact));
        if (known == null) {
            known = contentHashOf(artifact);
            hashes.put(keyOf(artifact), known);
        }
        return known.equals(tree.contentHash().hex());
    }

    private String contentHashOf(Artifact artifact) {
        try {
            return index(storage.localPath(artifact));
        } catch (IOException notAnArchive) {
            return "";
        }
    }

    private String index(Path file) throws IOException {
        Path spoolFile = scratch.resolve("contents-" + UUID.randomUUID() + ".spool");
        try (SpoolFile spool = SpoolFile.create(spoolFile);
                InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return TarGzReader.index(in, spool, UnpackOptions.fluxSource(maxEntries))
                    .contentHash()
                    .hex();
        } finally {
            Files.deleteIfExists(spoolFile);
        }
    }

    private static String keyOf(Artifact artifact) {
        return artifact.path() + "@" + artifact.digest();
    }
}
