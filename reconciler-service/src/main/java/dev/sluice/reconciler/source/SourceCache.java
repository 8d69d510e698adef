package dev.sluice.reconciler.source;

import dev.sluice.artifact.archive.UnpackOptions;
import dev.sluice.artifact.tree.FileEntry;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The trees of sources, and of the tarballs within them, by digest: each is fetched and indexed once, however many
 * generators ask, and read through leases. Bounded by {@link SourceCacheLimits}; what is in use may exceed them.
 * Thread-safe. The directory is this cache's own and is emptied when it starts.
 */
public final class SourceCache implements Closeable {

    private final TreeCache trees;
    private final SourceDownload download;
    private final SourceCacheStats stats = new SourceCacheStats();

    private SourceCache(Path directory, SourceCacheLimits limits, SourceFetching fetching, Clock clock) {
        HostBackOff backOff = new HostBackOff(fetching.retry(), fetching.longestRetryAfter(), clock);
        this.trees = new TreeCache(limits.maxBytes(), stats);
        this.download = new SourceDownload(directory, fetching, backOff, limits.maxEntries(), stats);
    }

    /**
     * Opens the cache.
     *
     * @throws IOException if the directory cannot be made or emptied
     */
    public static SourceCache open(Path directory, SourceCacheLimits limits, SourceFetching fetching, Clock clock)
            throws IOException {
        Files.createDirectories(directory);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        return new SourceCache(directory, limits, fetching, clock);
    }

    /**
     * The tree of a source artifact; fetched now when it is not here.
     *
     * @param digest of the artifact's file; what is fetched is verified against it before it is unpacked
     * @throws HostWaitException when the source's host does not answer as it should: come again later
     * @throws IOException when the artifact is missing, has another digest, or is no archive that may be unpacked
     */
    public SourceLease acquire(String url, String digest) throws IOException, InterruptedException {
        return trees.acquire("source:" + digest, () -> download.run(url, digest));
    }

    /**
     * The tree in a tarball that is a file of a source. Such a tarball is nobody's word: everything doubtful in it is
     * refused.
     *
     * @throws IOException when it is no archive that may be unpacked
     */
    public SourceLease acquireTarball(FileEntry tarball) throws IOException {
        try {
            return trees.acquire("extract:" + tarball.sha256(), () -> {
                try (InputStream in = tarball.blob().openStream()) {
                    return download.index(in, UnpackOptions.untrusted(), "sha256:" + tarball.sha256());
                }
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a tarball to be unpacked");
        }
    }

    public SourceCacheStats stats() {
        return stats;
    }

    /** Removes the files; leases that are out stay readable until they are closed. */
    @Override
    public void close() {
        trees.close();
    }
}
