package dev.sluice.examples.release;

import dev.sluice.artifact.config.Flags;
import dev.sluice.artifact.config.StorageConfig;
import dev.sluice.artifact.fetch.FetchLimits;
import dev.sluice.artifact.fetch.FetchOptions;
import dev.sluice.artifact.fetch.HostOverride;
import dev.sluice.artifact.fetch.RetryPolicy;
import dev.sluice.controller.queue.BackOffOptions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The settings from the command line and the environment.
 *
 * @param namespace the watched namespace; empty for all
 * @param ownNamespace the namespace of this controller and its Lease
 * @param fetch options for downloads
 * @param backOff delays between retries of a failed release
 */
record ControllerSettings(
        StorageConfig storage,
        String namespace,
        String ownNamespace,
        boolean leaderElection,
        boolean noCrossNamespaceRefs,
        int concurrent,
        FetchOptions fetch,
        BackOffOptions backOff) {

    /** Short, because retries block a worker; after these, the release is requeued with back-off. */
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);

    private static final Duration LONGEST_RETRY = Duration.ofSeconds(2);

    /** Far below the size limit of artifacts: larger files are neither manifests nor charts that Flux accepts. */
    private static final long MAX_DOWNLOAD_BYTES = 100L << 20;

    /** @throws IllegalArgumentException with a one-line message */
    static ControllerSettings parse(List<String> arguments, Map<String, String> environment) {
        // region flags
        Set<String> valueFlags = new HashSet<>(StorageConfig.VALUE_FLAGS);
        valueFlags.addAll(Set.of("concurrent", "http-retry"));
        Set<String> booleanFlags = new HashSet<>(StorageConfig.BOOLEAN_FLAGS);
        booleanFlags.addAll(Set.of("enable-leader-election", "no-cross-namespace-refs", "watch-all-namespaces"));
        Flags flags = Flags.parse(arguments, valueFlags, booleanFlags);
        StorageConfig storage = StorageConfig.resolve(flags::value, environment);
        // endregion
        String ownNamespace = environment.getOrDefault("RUNTIME_NAMESPACE", "default");
        RetryPolicy retry = new RetryPolicy(number(flags, "http-retry", 2, 0), FIRST_RETRY, LONGEST_RETRY);
        return new ControllerSettings(
                storage,
                bool(flags, "watch-all-namespaces", true) ? "" : ownNamespace,
                ownNamespace,
                bool(flags, "enable-leader-election", false),
                bool(flags, "no-cross-namespace-refs", false),
                number(flags, "concurrent", 4, 1),
                // upstream servers are outside of the cluster, so no host is replaced
                FetchOptions.fromEnvironment(environment)
                        .withHostOverride(HostOverride.none())
                        .withRetry(retry)
                        .withLimits(FetchLimits.none().withMaxBytes(MAX_DOWNLOAD_BYTES)),
                BackOffOptions.DEFAULT);
    }

    private static boolean bool(Flags flags, String name, boolean defaultValue) {
        String text = flags.value(name).orElse(Boolean.toString(defaultValue));
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(
                    "invalid value '" + text + "' for --" + name + ": must be true or false");
        }
        return text.equals("true");
    }

    private static int number(Flags flags, String name, int defaultValue, int minimum) {
        String text = flags.value(name).orElse(Integer.toString(defaultValue));
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) < minimum) {
            throw new IllegalArgumentException(
                    "invalid value '" + text + "' for --" + name + ": must be a number from " + minimum + " to 999");
        }
        return Integer.parseInt(text);
    }
}
