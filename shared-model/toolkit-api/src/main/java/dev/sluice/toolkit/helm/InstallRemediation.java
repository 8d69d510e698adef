package dev.sluice.toolkit.helm;

import org.jspecify.annotations.Nullable;

/**
 * What happens after a failed installation.
 *
 * @param retries negative for no limit
 */
public record InstallRemediation(
        @Nullable Boolean ignoreTestFailures,
        @Nullable Boolean remediateLastFailure,
        @Nullable Integer retries) {}
