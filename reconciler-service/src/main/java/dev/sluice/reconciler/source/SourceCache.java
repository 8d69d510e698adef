package dev.sluice.reconciler.source;

import dev.sluice.artifact.archive.UnpackOptions;
import dev.sluice.artifact.concurrent.DaemonThreads;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.controller.queue.Ticker;
import dev.sluice.reconciler.budget.ProcessBudget;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Trees of sources, and of tarballs in them, by digest. Each is fetched and indexed once for all generators and read
 * through leases. Bounded by {@link SourceCacheLimits}, which trees in use may exceed, and by the {@link
 * ProcessBudget}, which is never exceeded. Thread-safe. The cache owns its directory and empties it at the start.
 */
public final class SourceCache implements Closeable {

    /**
     * How long a fetch may wait for budget. Longer than a run's, because it holds no worker and would have to download
     * again.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration SWEEP = Duration.ofSeconds(2);

    private final TreeCache trees;
    private final SourceDownload download;
    private final SourceBackOff backOff;
    private final SourceFetches fetches;
    private final HeldTrees held;
    private final ProcessBudget budget;
    private final SourceCacheStats stats = new SourceCacheStats();
    private final ScheduledExecutorService sweeper =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("source-sweeper"));

    private SourceCache(
            Path directory, SourceCacheLimits limits, SourceFetching fetching, ProcessBudget budget, Ticker ticker) {
        this.budget = budget;
        this.backOff = new SourceBackOff(fetching.retry(), fetching.longestWait(), fetching.timeout(), ticker);
        this.trees = new TreeCache(limits.maxBytes(), stats);
        this.download = new SourceDownload(directory, fetching, backOff, stats);
        this.fetches = new SourceFetches(fetching.threads(), fetching.timeout(), this::fetch, ticker);
        this.held = new HeldTrees(ticker);
        Future<?> unused =
                sweeper.scheduleWithFixedDelay(this::sweep, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Opens the cache.
     *
     * @throws IOException if the directory cannot be created or emptied
     */
    public static SourceCache open(
            Path directory, SourceCacheLimits limits, SourceFetching fetching, ProcessBudget budget, Ticker ticker)
            throws IOException {
        Files.createDirectories(directory);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        return new SourceCache(directory, limits, fetching, budget, ticker);
    }

    /**
     * Returns a lease of the tree of a source artifact; another thread fetches it if it is not cached.
     *
     * @param run the run that uses the tree
     * @param digest digest of the artifact file; a download is verified before it is unpacked
     * @param patience how long to wait for the fetch
     * @throws FetchPendingException if the fetch takes longer; see {@link #onFetched}
     * @throws SourceWaitException if the source failed with a retryable error
     * @throws dev.sluice.reconciler.budget.BudgetWaitException if the process has no budget for the tree now
     * @throws dev.sluice.reconciler.budget.LimitExceededException if the source exceeds a limit
     * @throws IOException if the source cannot be used
     */
    public SourceLease acquire(RunBudget run, String url, String digest, Duration patience)
            throws IOException, InterruptedException {
        String key = sourceKey(digest);
        SourceLease present = trees.lease(run, key);
        if (present != null) {
            stats.hit();
            return present;
        }
        SourceRequest request = new SourceRequest(run.generator().namespace(), url, digest);
        backOff.requireNotBackingOff(request);
        fetches.await(run.generator(), request, patience);
        SourceLease fetched = trees.lease(run, key);
        if (fetched == null) {
            throw new FetchPendingException("the source was evicted before it was used");
        }
        return fetched;
    }

    private static String sourceKey(String digest) {
        return "source:" + digest;
    }

    /** Runs on a fetch thread. */
    private void fetch(SourceFetch fetch) throws IOException {
        RunBudget run = budget.open(fetch.payer(), PATIENCE);
        SourceLease lease = null;
        try {
            SourceRequest request = fetch.request();
            run.takeTurn("its artifact");
            lease = trees.publish(run, sourceKey(request.digest()), download.run(request, run));
            stats.miss();
            SourceLease kept = lease;
            held.hold(fetch.payer(), () -> {
                kept.close();
                run.close();
            });
        } finally {
            if (lease == null) {
                run.close();
            }
        }
    }

    /**
     * Returns a lease of the tree in a tarball that is a file of a source. The content of such a tarball is untrusted;
     * everything suspicious in it is rejected.
     *
     * @throws dev.sluice.reconciler.budget.BudgetWaitException if the process has no budget for the tree now
     * @throws dev.sluice.reconciler.budget.LimitExceededException if the tarball exceeds a limit
     * @throws IOException if the tarball is not a valid archive
     */
    public SourceLease acquireTarball(RunBudget run, FileEntry tarball) throws IOException {
        try {
            return trees.acquire(run, "extract:" + tarball.sha256(), () -> {
                try (InputStream in = tarball.blob().openStream()) {
                    return download.index(
                            in,
                            UnpackOptions.untrusted(),
                            new SourceDownload.Subject("a tarball in it", "sha256:" + tarball.sha256()),
                            run);
                }
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a tarball to be unpacked");
        }
    }

    /** Keeps a lease until the generator's next run has its sources, for at most 30 seconds. */
    public void hold(ObjectKey generator, Runnable release) {
        held.hold(generator, release);
    }

    /** Releases the held leases of a generator, whose run now has its own. */
    public void release(ObjectKey generator) {
        held.release(generator);
    }

    /** Sets the listener that is notified when a fetch ends whose generator no longer waits. */
    public void onFetched(Consumer<ObjectKey> listener) {
        fetches.onEnd(listener);
    }

    public SourceCacheStats stats() {
        return stats;
    }

    /** Number of fetches that are running or waiting for a thread. */
    public int fetching() {
        return fetches.size();
    }

    void sweep() {
        fetches.sweep();
        held.sweep();
    }

    /** Cancels the fetches and deletes the files; open leases stay readable until they are closed. */
    @Override
    public void close() {
        sweeper.shutdownNow();
        trees.close();
        fetches.close();
        held.releaseAll();
    }
}
