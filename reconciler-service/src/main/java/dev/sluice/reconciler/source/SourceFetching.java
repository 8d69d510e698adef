package dev.sluice.reconciler.source;

import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.RetryPolicy;
import dev.sluice.reconciler.stage.Stages;
import java.time.Duration;

/**
 * How the cache gets what it lacks.
 *
 * @param retry how long a source is left alone after a failure, and how often it is tried before that takes longer
 * @param longestWait between two tries of a source that has failed more often
 * @param timeout of one fetch, and cap of what an answer may ask for
 * @param threads fetches at the same time; one namespace has half of them at most
 * @param stages measures downloads and unpacking
 */
public record SourceFetching(
        ArtifactFetcher fetcher,
        RetryPolicy retry,
        Duration longestWait,
        Duration timeout,
        int threads,
        Stages stages) {}
