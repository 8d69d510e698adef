package dev.sluice.controller.watch;

import dev.sluice.artifact.archive.TarGzReader;
import dev.sluice.artifact.archive.UnpackOptions;
import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.tree.DirectoryTree;
import dev.sluice.artifact.tree.FileTree;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Downloads the artifact of a source and unpacks it into a temporary directory.
 *
 * <p>Verifies the digest before it unpacks anything. Retries, size limit, proxies and {@code
 * SOURCE_CONTROLLER_LOCALHOST} are those of the {@link ArtifactFetcher}. Thread-safe.
 */
public final class SourceFetcher {

    private static final String PREFIX = "source-";

    private final ArtifactFetcher fetcher;
    private final Path parent;
    private final UnpackOptions options;

    /** Creates a fetcher with the unpack policy and limits for Flux sources. */
    public SourceFetcher(ArtifactFetcher fetcher, Path parent) {
        this(fetcher, parent, UnpackOptions.fluxSource(UnpackOptions.DEFAULT_MAX_ENTRIES));
    }

    /**
     * Creates a fetcher.
     *
     * @param parent an existing directory; each source gets a subdirectory
     * @param options policy and limits for the contents of an archive
     */
    public SourceFetcher(ArtifactFetcher fetcher, Path parent, UnpackOptions options) {
        this.fetcher = fetcher;
        this.parent = parent;
        this.options = options;
    }

    /**
     * Downloads and unpacks an artifact. On failure, deletes everything that it has written.
     *
     * @param artifact the artifact from a source's status; must have a digest
     * @return the unpacked source; the caller must close it, which deletes the files
     * @throws dev.sluice.artifact.storage.ArtifactNotFoundException if the server has no such file
     * @throws dev.sluice.artifact.digest.DigestMismatchException if the content has another digest
     * @throws dev.sluice.artifact.storage.MissingDigestException if the artifact has no digest
     * @throws dev.sluice.artifact.tree.UnsafePathException if the archive contains an unsafe path
     * @throws IOException see {@link ArtifactFetcher#fetch} and {@link TarGzReader#index}
     */
    public FetchedSource fetch(Artifact artifact) throws IOException {
        Path work = Files.createTempDirectory(parent, PREFIX);
        try {
            Path archive = work.resolve("artifact.tar.gz");
            fetcher.fetch(artifact.url(), Objects.requireNonNullElse(artifact.digest(), ""), archive);
            Path directory = Files.createDirectory(work.resolve("files"));
            FileTree tree = unpack(archive, work.resolve("spool"), directory);
            Files.delete(archive);
            return new FetchedSource(work, directory, tree);
        } catch (IOException | RuntimeException e) {
            deleteAfter(e, work);
            throw e;
        }
    }

    private FileTree unpack(Path archive, Path spoolFile, Path directory) throws IOException {
        try (SpoolFile spool = SpoolFile.create(spoolFile);
                InputStream in = new BufferedInputStream(Files.newInputStream(archive))) {
            spool.unlink();
            FileTree tree = TarGzReader.index(in, spool, options);
            DirectoryTree.write(tree, directory);
            return tree;
        }
    }

    private static void deleteAfter(Exception failure, Path work) {
        try {
            FetchedSource.delete(work);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
