package dev.sluice.reconciler.generator;

import dev.sluice.artifact.archive.ArchiveLimitException;
import dev.sluice.reconciler.budget.BudgetWaitException;
import dev.sluice.reconciler.budget.LimitExceededException;
import dev.sluice.reconciler.budget.ProcessBudget;
import dev.sluice.reconciler.build.Causes;
import dev.sluice.reconciler.build.TerminalException;
import dev.sluice.reconciler.source.HostWaitException;
import dev.sluice.reconciler.source.SourceCache;
import dev.sluice.reconciler.source.SourceLease;
import dev.sluice.reconciler.stage.Stages;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leases the tree of every source of a generator; what the cache lacks is fetched, verified and indexed there. */
final class SourceTreesFetcher {

    private static final Logger LOG = LoggerFactory.getLogger(SourceTreesFetcher.class);

    private final SourceCache cache;
    private final ProcessBudget budget;
    private final Duration requeueDependency;
    private final Stages stages;

    SourceTreesFetcher(SourceCache cache, ProcessBudget budget, Duration requeueDependency, Stages stages) {
        this.cache = cache;
        this.budget = budget;
        this.stages = stages;
        this.requeueDependency = requeueDependency;
    }

    /** All or nothing: on a failure no lease is kept. */
    SourceTrees fetch(ObjectKey generator, ObservedSources observed)
            throws IOException, ReconcileFailure, TerminalException, InterruptedException {
        SourceTrees trees = new SourceTrees(cache, stages, budget.open(generator));
        boolean complete = false;
        try {
            for (Map.Entry<String, ObservedSource> source : observed.byAlias().entrySet()) {
                trees.add(source.getKey(), lease(source.getKey(), source.getValue()));
            }
            complete = true;
            return trees;
        } finally {
            if (!complete) {
                trees.close();
            }
        }
    }

    private SourceLease lease(String alias, ObservedSource source)
            throws IOException, ReconcileFailure, TerminalException, InterruptedException {
        try {
            return acquire(alias, source);
        } catch (BudgetWaitException e) {
            throw e;
        } catch (ArchiveLimitException | LimitExceededException e) {
            throw new TerminalException(Reasons.BUILD_FAILED, message(alias, e));
        } catch (HostWaitException e) {
            throw new ReconcileFailure(Reasons.SOURCE_FETCH_FAILED, message(alias, e), e.retryAfter(), e);
        } catch (IOException e) {
            Interruptions.rethrow(e);
            throw new ReconcileFailure(Reasons.SOURCE_FETCH_FAILED, message(alias, e), requeueDependency, e);
        }
    }

    /** The time until a source is at hand: that of other runs' downloads included, for which this one waits. */
    private SourceLease acquire(String alias, ObservedSource source) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        SourceLease lease = cache.acquire(source.url(), source.digest());
        LOG.atTrace()
                .addKeyValue("source", alias)
                .addKeyValue(
                        "durationMs",
                        Duration.ofNanos(System.nanoTime() - begun).toMillis())
                .log("source at hand");
        return lease;
    }

    private static String message(String alias, IOException e) {
        return "fetch sources failed: source '%s': %s".formatted(alias, Causes.describe(e));
    }
}
