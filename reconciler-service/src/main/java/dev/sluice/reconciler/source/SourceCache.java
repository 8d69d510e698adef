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
 * The trees of sources, and of the tarballs within them, by digest: each is fetched and indexed once, however many
 * generators ask, and read through leases. Bounded by {@link SourceCacheLimits}, which what is in use may exceed, and by
 * the {@link ProcessBudget}, which nothing exceeds. Thread-safe. The directory is this cache's own and is emptied when it
 * starts.
 */
public final class SourceCache implements Closeable {

    /** A fetch holds no worker while it waits for room, and was not had for nothing. */
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
     * @throws IOException if the directory cannot be made or emptied
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
     * The tree of a source artifact; fetched by another thread when it is not here.
     *
     * @param run that uses it
     * @param digest of the artifact's file; what is fetched is verified against it before it is unpacked
     * @param patience how long to wait for the fetch
     * @throws FetchPendingException when the fetch takes longer: come again when told, see {@link #onFetched}
     * @throws SourceWaitException when the source failed in a way that may pass: come again later
     * @throws dev.sluice.reconciler.budget.BudgetWaitException when the process has no room for it now
     * @throws dev.sluice.reconciler.budget.LimitExceededException when it is larger than it may be
     * @throws IOException when it cannot be used at all
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
        backOff.requireMayAsk(request);
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

    /** On a thread of the fetches. */
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
     * The tree in a tarball that is a file of a source. Such a tarball is nobody's word: everything doubtful in it is
     * refused.
     *
     * @throws dev.sluice.reconciler.budget.BudgetWaitException when the process has no room for it now
     * @throws dev.sluice.reconciler.budget.LimitExceededException when it is larger than it may be
     * @throws IOException when it is no archive that may be unpacked
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

    /** Keeps what a run has until its generator's next one has all, or for half a minute. */
    public void hold(ObjectKey generator, Runnable release) {
        held.hold(generator, release);
    }

    /** The run of this generator has all that it needs: nothing is held for it any more. */
    public void release(ObjectKey generator) {
        held.release(generator);
    }

    /** Whom to tell that a fetch has ended for which a generator did not wait. */
    public void onFetched(Consumer<ObjectKey> listener) {
        fetches.onEnd(listener);
    }

    public SourceCacheStats stats() {
        return stats;
    }

    /** Fetches under way, and those that wait for a thread. */
    public int fetching() {
        return fetches.size();
    }

    void sweep() {
        fetches.sweep();
        held.sweep();
    }

    /** Ends the fetches and removes the files; leases that are out stay readable until they are closed. */
    @Override
    public void close() {
        sweeper.shutdownNow();
        trees.close();
        fetches.close();
        held.releaseAll();
    }
}
