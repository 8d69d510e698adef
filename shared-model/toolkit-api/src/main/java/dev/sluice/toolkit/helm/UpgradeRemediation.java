package dev.sluice.toolkit.helm;

import org.jspecify.annotations.Nullable;

/**
 * How to remediate a failed upgrade.
 *
 * @param retries negative for no limit
 * @param strategy {@code rollback} or {@code uninstall}
 */
public record UpgradeRemediation(
        @Nullable Boolean ignoreTestFailures,
        @Nullable Boolean remediateLastFailure,
        @Nullable Integer retries,
        @Nullable String strategy) {}
