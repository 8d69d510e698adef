package dev.sluice.reconciler.generator;

import dev.sluice.artifact.archive.ArchiveLimitException;
import dev.sluice.artifact.fetch.Deadline;
import dev.sluice.artifact.fetch.UrlNotAllowedException;
import dev.sluice.reconciler.budget.BudgetWaitException;
import dev.sluice.reconciler.budget.LimitExceededException;
import dev.sluice.reconciler.budget.ProcessBudget;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.reconciler.source.FetchPendingException;
import dev.sluice.reconciler.source.SourceCache;
import dev.sluice.reconciler.source.SourceLease;
import dev.sluice.reconciler.source.SourceWaitException;
import dev.sluice.reconciler.spec.GeneratorReasons;
import dev.sluice.reconciler.spec.TerminalException;
import dev.sluice.reconciler.stage.Stages;
import dev.sluice.runtime.ErrorText;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leases the tree of every source of a generator from the source cache, which fetches missing ones. */
final class SourceTreesFetcher {

    private static final Logger LOG = LoggerFactory.getLogger(SourceTreesFetcher.class);

    /**
     * How long a run waits for a fetch; nearby sources arrive within it, and the worker is then free for other runs.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final SourceCache cache;
    private final ProcessBudget budget;
    private final Path scratch;
    private final Duration requeueDependency;
    private final Stages stages;

    SourceTreesFetcher(
            SourceCache cache, ProcessBudget budget, Path scratch, Duration requeueDependency, Stages stages) {
        this.cache = cache;
        this.budget = budget;
        this.scratch = scratch;
        this.stages = stages;
        this.requeueDependency = requeueDependency;
    }

    /**
     * Leases all trees or none. Missing sources are fetched concurrently; if that takes longer than {@link #PATIENCE},
     * the available ones are held for the generator's next run.
     *
     * @throws FetchPendingException if a fetch is in progress
     * @throws BudgetWaitException if the process has no budget left now
     */
    SourceTrees fetch(ObjectKey generator, ObservedSources observed)
            throws IOException, ReconcileFailure, TerminalException, InterruptedException {
        SourceTrees trees = new SourceTrees(cache, stages, budget.open(generator), scratch);
        boolean settled = false;
        try {
            trees.budget().takeTurn("the reconciliation");
            FetchPendingException pending = lease(observed, trees);
            settled = true;
            if (pending != null) {
                cache.hold(generator, trees::close);
                throw pending;
            }
            cache.release(generator);
            return trees;
        } finally {
            if (!settled) {
                trees.close();
            }
        }
    }

    private @Nullable FetchPendingException lease(ObservedSources observed, SourceTrees trees)
            throws IOException, ReconcileFailure, TerminalException, InterruptedException {
        Deadline patience = Deadline.after(PATIENCE);
        FetchPendingException pending = null;
        for (Map.Entry<String, ObservedSource> source : observed.byAlias().entrySet()) {
            try {
                trees.add(source.getKey(), lease(source.getKey(), source.getValue(), trees.budget(), patience));
            } catch (FetchPendingException e) {
                pending = e;
            }
        }
        return pending;
    }

    private SourceLease lease(String alias, ObservedSource source, RunBudget run, Deadline patience)
            throws IOException, ReconcileFailure, TerminalException, InterruptedException {
        try {
            return acquire(alias, source, run, patience);
        } catch (BudgetWaitException | FetchPendingException e) {
            throw e;
        } catch (ArchiveLimitException | LimitExceededException | UrlNotAllowedException e) {
            throw new TerminalException(GeneratorReasons.BUILD_FAILED, message(alias, e));
        } catch (SourceWaitException e) {
            throw new ReconcileFailure(GeneratorReasons.SOURCE_FETCH_FAILED, message(alias, e), e.retryAfter(), e);
        } catch (IOException e) {
            Interruptions.rethrow(e);
            throw new ReconcileFailure(GeneratorReasons.SOURCE_FETCH_FAILED, message(alias, e), requeueDependency, e);
        }
    }

    /** Leases one tree; logs the duration, including the part of the fetch that this run waited for. */
    private SourceLease acquire(String alias, ObservedSource source, RunBudget run, Deadline patience)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        SourceLease lease = cache.acquire(run, source.url(), source.digest(), patience.remaining());
        stages.acquired(source.digest());
        LOG.atTrace()
                .addKeyValue("source", alias)
                .addKeyValue(
                        "durationMs",
                        Duration.ofNanos(System.nanoTime() - begun).toMillis())
                .log("source acquired");
        return lease;
    }

    private static String message(String alias, IOException e) {
        return GeneratorReasons.MESSAGE_FETCH_FAILED + "source '%s': %s".formatted(alias, ErrorText.describe(e));
    }
}
