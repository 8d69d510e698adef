package dev.sluice.examples.release;

import dev.sluice.artifact.fetch.FetchOptions;
import dev.sluice.artifact.fetch.HostOverride;
import dev.sluice.artifact.fetch.RetryPolicy;
import dev.sluice.controller.source.ControllerConfig;
import dev.sluice.controller.source.ExternalArtifactController;
import dev.sluice.examples.release.api.ProjectRelease;
import dev.sluice.examples.release.upstream.ReleaseVerifier;
import dev.sluice.examples.release.upstream.SignatureVerifier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Publishes releases of upstream projects as ExternalArtifacts. */
final class ReleaseController {

    /** Field manager, value of the managed-by label, name of the Lease. */
    static final String NAME = "release-controller";

    /** Short, because retries block a worker; after these, the release is requeued with back-off. */
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);

    private static final Duration LONGEST_RETRY = Duration.ofSeconds(2);

    private ReleaseController() {}

    // region main
    public static void main(String[] arguments) {
        try {
            ControllerConfig config = parse(List.of(arguments), System.getenv());
            of(fetchOptions(config, System.getenv()), new SignatureVerifier()).run(config);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    static ExternalArtifactController<ProjectRelease> of(FetchOptions options, ReleaseVerifier verifier) {
        return ExternalArtifactController.of(ProjectRelease.TYPE, NAME, new ReleaseBuilder(options, verifier))
                .withInterval(release -> release.spec().interval().toDuration())
                .withTarget(ProjectRelease::artifactKey)
                .withSuspended(release -> release.spec().suspend());
    }
    // endregion

    // region flags
    /** @throws IllegalArgumentException with a one-line message */
    static ControllerConfig parse(List<String> arguments, Map<String, String> environment) {
        return ControllerConfig.parse(arguments, environment, Set.of("http-retry"), Set.of());
    }

    /** @throws IllegalArgumentException with a one-line message */
    static FetchOptions fetchOptions(ControllerConfig config, Map<String, String> environment) {
        String retries = config.flags().value("http-retry").orElse("2");
        if (!retries.matches("\\d{1,3}")) {
            throw new IllegalArgumentException(
                    "invalid value '" + retries + "' for --http-retry: must be a number from 0 to 999");
        }
        // upstream servers are outside of the cluster, so no host is replaced
        return FetchOptions.fromEnvironment(environment)
                .withHostOverride(HostOverride.none())
                .withRetry(new RetryPolicy(Integer.parseInt(retries), FIRST_RETRY, LONGEST_RETRY))
                .withLimits(config.downloads());
    }
    // endregion
}
