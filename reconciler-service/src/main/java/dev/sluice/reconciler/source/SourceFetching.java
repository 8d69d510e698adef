package dev.sluice.reconciler.source;

import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.RetryPolicy;
import dev.sluice.reconciler.stage.Stages;
import java.time.Duration;

/**
 * Fetch settings of the source cache.
 *
 * @param retry waits after a failure, and the number of retries before the waits grow
 * @param longestWait maximum wait between two attempts
 * @param timeout timeout of one fetch, and maximum accepted Retry-After
 * @param threads maximum number of concurrent fetches; one namespace uses at most half of them
 * @param stages measures downloads and unpacking
 */
public record SourceFetching(
        ArtifactFetcher fetcher,
        RetryPolicy retry,
        Duration longestWait,
        Duration timeout,
        int threads,
        Stages stages) {}
