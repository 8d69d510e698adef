package dev.sluice.toolkit.helm;

import dev.sluice.toolkit.meta.FluxDuration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how to run the tests of a chart.
 *
 * <p>API: {@code helm.toolkit.fluxcd.io/v2}.
 *
 * @param enable enables Helm test actions for this HelmRelease after an Helm install or upgrade action has been
 *     performed
 * @param filters a list of tests to run or exclude from running
 * @param ignoreFailures tells the controller to skip remediation when the Helm tests are run but fail. Can be
 *     overwritten for tests run after install or upgrade actions in 'Install.IgnoreTestFailures' and
 *     'Upgrade.IgnoreTestFailures'
 * @param timeout the time to wait for any individual Kubernetes operation during the performance of a Helm test
 *     action. Defaults to 'HelmReleaseSpec.Timeout'. A Go duration such as {@code 10m}
 */
public record Test(
        @Nullable Boolean enable,
        List<TestFilter> filters,
        @Nullable Boolean ignoreFailures,
        @Nullable FluxDuration timeout) {

    public Test {
        filters = List.copyOf(filters);
    }
}
