package dev.sluice.controller.source;

import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.FetchAccess;
import dev.sluice.artifact.fetch.FetchOptions;
import dev.sluice.artifact.fetch.RetryPolicy;
import dev.sluice.controller.request.ApiRequests;
import java.util.Map;

/**
 * What all builds of a controller can use.
 *
 * @param access trusted authorities and client certificate of the controller's flags
 * @param fetcher downloads with this access
 */
record BuildTools(ApiRequests requests, FetchAccess access, ArtifactFetcher fetcher, BuildDirectories directories) {

    static BuildTools of(
            ApiRequests requests, FetchAccess access, Map<String, String> environment, BuildDirectories directories) {
        // the controller retries with back-off; a download that retries by itself would hold a worker for minutes
        FetchOptions options = FetchOptions.fromEnvironment(environment)
                .withRetry(RetryPolicy.FLUX.withRetries(0))
                .withAccess(access);
        return new BuildTools(requests, access, new ArtifactFetcher(options), directories);
    }
}
