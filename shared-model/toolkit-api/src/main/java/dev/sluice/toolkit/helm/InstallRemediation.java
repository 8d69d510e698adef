package dev.sluice.toolkit.helm;

import org.jspecify.annotations.Nullable;

/**
 * How to remediate a failed installation.
 *
 * @param retries negative for no limit
 */
public record InstallRemediation(
        @Nullable Boolean ignoreTestFailures,
        @Nullable Boolean remediateLastFailure,
        @Nullable Integer retries) {}
