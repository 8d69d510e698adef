package dev.sluice.reconciler.source;

import dev.sluice.artifact.archive.TarGzReader;
import dev.sluice.artifact.archive.UnpackOptions;
import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.Deadline;
import dev.sluice.artifact.fetch.RetryableFetchException;
import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.reconciler.stage.Stage;
import dev.sluice.reconciler.stage.Stages;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Turns the URL of a source artifact into a spooled, indexed tree: one try, verified before anything is unpacked. */
final class SourceDownload {

    private final Path directory;
    private final ArtifactFetcher fetcher;
    private final Stages stages;
    private final HostBackOff backOff;
    private final int maxEntries;
    private final SourceCacheStats stats;

    SourceDownload(
            Path directory, SourceFetching fetching, HostBackOff backOff, int maxEntries, SourceCacheStats stats) {
        this.directory = directory;
        this.fetcher = fetching.fetcher();
        this.stages = fetching.stages();
        this.backOff = backOff;
        this.maxEntries = maxEntries;
        this.stats = stats;
    }

    /**
     * Downloads, verifies and indexes.
     *
     * @throws HostWaitException when the host has failed now or a moment ago
     */
    CachedTree run(String url, String digest) throws IOException {
        Path archive = directory.resolve(UUID.randomUUID() + ".tar.gz");
        try {
            download(url, digest, archive);
            return index(archive, UnpackOptions.fluxSource(maxEntries), digest);
        } finally {
            Files.deleteIfExists(archive);
        }
    }

    /** The tree in an archive that is at hand; the caller says how far it is trusted. */
    CachedTree index(Path archive, UnpackOptions options, String name) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(archive))) {
            return index(in, options, name);
        }
    }

    CachedTree index(InputStream archive, UnpackOptions options, String name) throws IOException {
        long begun = stages.begin();
        SpoolFile spool = SpoolFile.create(directory.resolve(UUID.randomUUID() + ".spool"));
        boolean complete = false;
        try {
            CachedTree tree = new CachedTree(spool, TarGzReader.index(archive, spool, options));
            complete = true;
            return tree;
        } finally {
            if (!complete) {
                spool.unlink();
                spool.close();
            }
            stages.end(Stage.INDEX, begun, name);
        }
    }

    private void download(String url, String digest, Path archive) throws IOException {
        String host = hostOf(url);
        Optional<HostBackOff.HostWait> waiting = backOff.waiting(host);
        if (waiting.isPresent()) {
            throw new HostWaitException(waiting.get().problem(), waiting.get().left(), null);
        }
        long begun = stages.begin();
        try (OutputStream out = Files.newOutputStream(archive)) {
            fetcher.attempt(url, digest, out, Deadline.never());
            backOff.succeeded(host);
        } catch (RetryableFetchException e) {
            String problem = String.valueOf(e.getMessage());
            Duration wait = backOff.failed(host, e.retryAfter(), problem);
            throw new HostWaitException(problem, wait, e);
        } finally {
            stages.end(Stage.FETCH, begun, digest);
        }
        stats.fetched(Files.size(archive));
    }

    /** A URL that cannot be read is its own host: the fetcher says what is wrong with it. */
    private static String hostOf(String url) {
        try {
            return Objects.requireNonNullElse(URI.create(url).getAuthority(), url);
        } catch (IllegalArgumentException notAUrl) {
            return url;
        }
    }
}
