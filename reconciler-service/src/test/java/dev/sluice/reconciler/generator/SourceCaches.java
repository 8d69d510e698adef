package dev.sluice.reconciler.generator;

import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.FetchOptions;
import dev.sluice.artifact.fetch.RetryPolicy;
import dev.sluice.controller.queue.Ticker;
import dev.sluice.reconciler.budget.ProcessBudget;
import dev.sluice.reconciler.source.SourceCache;
import dev.sluice.reconciler.source.SourceCacheLimits;
import dev.sluice.reconciler.source.SourceFetching;
import dev.sluice.reconciler.stage.Stages;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Creates source caches for tests that fetch nothing. */
final class SourceCaches {

    private SourceCaches() {}

    static SourceCache empty(Path directory, ProcessBudget budget) throws IOException {
        SourceFetching unused = new SourceFetching(
                new ArtifactFetcher(FetchOptions.defaults()),
                RetryPolicy.FLUX,
                Duration.ZERO,
                Duration.ZERO,
                1,
                Stages.unobserved());
        return SourceCache.open(directory, new SourceCacheLimits(1 << 20), unused, budget, Ticker.system());
    }
}
