package dev.sluice.reconciler.source;

import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.RetryPolicy;
import dev.sluice.reconciler.stage.Stages;
import java.time.Duration;

/**
 * How the cache gets what it lacks.
 *
 * @param retry how long a host is left alone after a failure
 * @param longestRetryAfter cap of what a host may ask for
 * @param stages measures downloads and unpacking
 */
public record SourceFetching(ArtifactFetcher fetcher, RetryPolicy retry, Duration longestRetryAfter, Stages stages) {}
