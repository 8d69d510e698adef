package dev.sluice.examples.watcher;

import dev.sluice.artifact.config.Flags;
import dev.sluice.artifact.fetch.FetchOptions;
import dev.sluice.artifact.fetch.RetryPolicy;
import dev.sluice.controller.queue.BackOffOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The options of the watcher.
 *
 * @param namespace the watched namespace; empty for all
 * @param fetch options for downloads
 * @param backOff delays between retries of a failed repository
 * @param scratch an existing directory for downloads
 */
record WatcherOptions(String namespace, FetchOptions fetch, BackOffOptions backOff, Path scratch) {

    private static final Set<String> VALUE_FLAGS = Set.of("http-retry", "namespace");

    /** @throws IllegalArgumentException with a one-line message */
    static WatcherOptions parse(List<String> arguments, Map<String, String> environment) {
        Flags flags = Flags.parse(arguments, VALUE_FLAGS, Set.of());
        int retries = retries(flags.value("http-retry").orElse("9"));
        return new WatcherOptions(
                flags.value("namespace").orElse(""),
                FetchOptions.fromEnvironment(environment).withRetry(RetryPolicy.FLUX.withRetries(retries)),
                BackOffOptions.DEFAULT,
                Path.of(System.getProperty("java.io.tmpdir")));
    }

    private static int retries(String text) {
        if (!text.matches("\\d{1,3}")) {
            throw new IllegalArgumentException(
                    "invalid value '" + text + "' for --http-retry: must be a number from 0 to 999");
        }
        return Integer.parseInt(text);
    }
}
