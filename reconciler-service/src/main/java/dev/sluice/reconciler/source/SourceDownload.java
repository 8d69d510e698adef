package dev.sluice.reconciler.source;

import dev.sluice.artifact.archive.ArchiveLimitException;
import dev.sluice.artifact.archive.TarGzReader;
import dev.sluice.artifact.archive.UnpackOptions;
import dev.sluice.artifact.digest.DigestMismatchException;
import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.Deadline;
import dev.sluice.artifact.fetch.RetryableFetchException;
import dev.sluice.artifact.fetch.UrlNotAllowedException;
import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.reconciler.budget.BudgetWaitException;
import dev.sluice.reconciler.budget.LimitExceededException;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.reconciler.stage.Stage;
import dev.sluice.reconciler.stage.Stages;
import dev.sluice.runtime.ErrorText;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Downloads, verifies and indexes a source artifact in one attempt; the digest is verified before anything is unpacked.
 */
final class SourceDownload {

    private static final Logger LOG = LoggerFactory.getLogger(SourceDownload.class);
    private static final String ARTIFACT = "its artifact";

    private final Path directory;
    private final ArtifactFetcher fetcher;
    private final Stages stages;
    private final SourceBackOff backOff;
    private final SourceCacheStats stats;

    SourceDownload(Path directory, SourceFetching fetching, SourceBackOff backOff, SourceCacheStats stats) {
        this.directory = directory;
        this.fetcher = fetching.fetcher();
        this.stages = fetching.stages();
        this.backOff = backOff;
        this.stats = stats;
    }

    /**
     * Downloads, verifies and indexes; failures are recorded in the back-off.
     *
     * @param run the run whose budget is charged
     * @throws SourceWaitException on a retryable failure
     */
    CachedTree run(SourceRequest request, RunBudget run) throws IOException {
        try {
            CachedTree tree = fetch(request, run);
            backOff.succeeded(request);
            return tree;
        } catch (BudgetWaitException e) {
            throw e;
        } catch (LimitExceededException | ArchiveLimitException | UrlNotAllowedException e) {
            backOff.failedTerminally(request, e);
            throw e;
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e; // cancelled; no back-off
            }
            throw backOff(request, e);
        }
    }

    /**
     * Logs the details of the response but keeps them out of the exception: its message becomes a condition, which a
     * user could exploit to probe the network.
     */
    private SourceWaitException backOff(SourceRequest request, IOException e) {
        Duration wait;
        String problem = problem(request, e);
        if (e instanceof RetryableFetchException retryable && retryable.isUnreachable()) {
            wait = backOff.unreachable(request, problem);
        } else {
            Optional<Duration> asked =
                    e instanceof RetryableFetchException retryable ? retryable.retryAfter() : Optional.empty();
            wait = backOff.failed(request, asked, problem);
        }
        LOG.atDebug()
                .addKeyValue("digest", request.digest())
                .addKeyValue("error", String.valueOf(e.getMessage()))
                .setCause(e)
                .log("cannot fetch source");
        return new SourceWaitException(problem, wait, null);
    }

    private static String problem(SourceRequest request, IOException e) {
        if (e instanceof DigestMismatchException) {
            return ARTIFACT + " does not match the digest '%s' in its status".formatted(request.digest());
        }
        String message = ErrorText.describe(e);
        return e instanceof RetryableFetchException retryable && retryable.isTooSlow()
                ? message + "; speed up its server or lower --source-min-rate"
                : message;
    }

    private CachedTree fetch(SourceRequest request, RunBudget run) throws IOException {
        Path archive = directory.resolve(UUID.randomUUID() + ".tar.gz");
        try (DownloadSink sink = new DownloadSink(archive, run)) {
            download(request, sink);
            try (InputStream in = new BufferedInputStream(Files.newInputStream(archive))) {
                // one more than the budget allows, so that the budget check fails first, with a better message
                UnpackOptions options = UnpackOptions.fluxSource(run.limits().maxSourceEntries() + 1);
                return index(in, options, new Subject(ARTIFACT, request.digest()), run);
            }
        }
    }

    private void download(SourceRequest request, DownloadSink sink) throws IOException {
        long begun = stages.begin();
        try {
            fetcher.withOwner(request.namespace()).attempt(request.url(), request.digest(), sink, Deadline.never());
            sink.finish();
        } finally {
            stages.end(Stage.FETCH, begun, request.digest());
        }
        stats.fetched(sink.count());
    }

    /**
     * The archive to index.
     *
     * @param what description for messages
     * @param name name for the log
     */
    record Subject(String what, String name) {}

    /** Indexes an archive; the options say how far it is trusted. */
    CachedTree index(InputStream archive, UnpackOptions options, Subject subject, RunBudget run) throws IOException {
        long begun = stages.begin();
        SpoolFile spool = SpoolFile.create(directory.resolve(UUID.randomUUID() + ".spool"));
        boolean complete = false;
        SpoolBudget budget = new SpoolBudget(subject.what(), run, spool);
        try {
            FileTree tree = TarGzReader.index(archive, budget, options, budget);
            budget.settle(tree);
            CachedTree cached = new CachedTree(spool, tree, budget.heap(), budget.disk());
            complete = true;
            return cached;
        } finally {
            if (!complete) {
                budget.close();
                spool.unlink();
                spool.close();
            }
            stages.end(Stage.INDEX, begun, subject.name());
        }
    }
}
