package dev.sluice.controller.source;

import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.FetchAccess;
import dev.sluice.artifact.fetch.FetchLimits;
import dev.sluice.artifact.fetch.FetchOptions;
import dev.sluice.artifact.fetch.RetryPolicy;
import dev.sluice.controller.request.ApiRequests;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;

/**
 * What all builds of a controller can use.
 *
 * @param options for downloads
 * @param fetcher downloads with these options
 */
record BuildTools(ApiRequests requests, FetchOptions options, ArtifactFetcher fetcher, BuildDirectories directories)
        implements Closeable {

    static BuildTools of(ApiRequests requests, FetchOptions options, BuildDirectories directories) {
        return new BuildTools(requests, options, new ArtifactFetcher(options), directories);
    }

    /** @param access trusted authorities and client certificate of the controller's flags */
    static FetchOptions options(Map<String, String> environment, FetchAccess access, FetchLimits limits) {
        // the controller retries with back-off; a download that retries by itself would hold a worker for minutes
        return FetchOptions.fromEnvironment(environment)
                .withRetry(RetryPolicy.FLUX.withRetries(0))
                .withLimits(limits)
                .withAccess(access);
    }

    /** Creates a fetcher, which the caller closes. */
    ArtifactFetcher newFetcher(FetchAccess access) {
        return new ArtifactFetcher(options.withAccess(access));
    }

    /** Closes the fetcher and removes the directories; builds that still run fail. Idempotent. */
    @Override
    public void close() throws IOException {
        fetcher.close();
        directories.close();
    }
}
