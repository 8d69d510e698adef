package dev.sluice.toolkit.helm;

import org.jspecify.annotations.Nullable;

/**
 * How to remediate a failed upgrade.
 *
 * <p>API: {@code helm.toolkit.fluxcd.io/v2}.
 *
 * @param ignoreTestFailures tells the controller to skip remediation when the Helm tests are run after an upgrade
 *     action but fail. Defaults to 'Test.IgnoreFailures'
 * @param remediateLastFailure tells the controller to remediate the last failure, when no retries remain. Defaults to
 *     'false' unless 'Retries' is greater than 0
 * @param retries number of retries after failures; defaults to 0; negative for no limit
 * @param strategy {@code rollback} (the default) or {@code uninstall}
 */
public record UpgradeRemediation(
        @Nullable Boolean ignoreTestFailures,
        @Nullable Boolean remediateLastFailure,
        @Nullable Integer retries,
        @Nullable String strategy) {}
