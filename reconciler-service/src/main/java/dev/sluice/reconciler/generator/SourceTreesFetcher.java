package dev.sluice.reconciler.generator;

import dev.sluice.artifact.archive.ArchiveLimitException;
import dev.sluice.reconciler.build.TerminalException;
import dev.sluice.reconciler.source.HostWaitException;
import dev.sluice.reconciler.source.SourceCache;
import dev.sluice.reconciler.source.SourceLease;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Leases the tree of every source of a generator; what the cache lacks is fetched, verified and indexed there. */
final class SourceTreesFetcher {

    private final SourceCache cache;
    private final Duration requeueDependency;

    SourceTreesFetcher(SourceCache cache, Duration requeueDependency) {
        this.cache = cache;
        this.requeueDependency = requeueDependency;
    }

    /** All or nothing: on a failure no lease is kept. */
    SourceTrees fetch(ObservedSources observed) throws ReconcileFailure, TerminalException, InterruptedException {
        SourceTrees trees = new SourceTrees(cache);
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
            throws ReconcileFailure, TerminalException, InterruptedException {
        try {
            return cache.acquire(source.url(), source.digest());
        } catch (ArchiveLimitException e) {
            throw new TerminalException(Reasons.BUILD_FAILED, message(alias, e));
        } catch (HostWaitException e) {
            throw new ReconcileFailure(Reasons.SOURCE_FETCH_FAILED, message(alias, e), e.retryAfter(), e);
        } catch (IOException e) {
            Interruptions.rethrow(e);
            throw new ReconcileFailure(Reasons.SOURCE_FETCH_FAILED, message(alias, e), requeueDependency, e);
        }
    }

    private static String message(String alias, IOException e) {
        return "fetch sources failed: source '%s': %s".formatted(alias, e.getMessage());
    }
}
