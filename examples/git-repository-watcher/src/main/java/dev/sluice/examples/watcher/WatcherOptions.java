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
 * What the watcher is told.
 *
 * @param namespace empty for all
 * @param fetch how artifacts are downloaded
 * @param backOff how long a repository waits after a failure
 * @param scratch an existing directory for downloads
 */
record WatcherOptions(String namespace, FetchOptions fetch, BackOffOptions backOff, Path scratch) {

    private static final Set<String> VALUE_FLAGS = Set.of("http-retry", "namespace");

    /** @throws IllegalArgumentException with one line that says what is wrong */
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
                    "invalid value '" + text + "' for --http-retry: it is not a number from 0 to 999");
        }
        return Integer.parseInt(text);
    }
}
