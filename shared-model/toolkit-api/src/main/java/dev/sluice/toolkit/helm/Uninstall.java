package dev.sluice.toolkit.helm;

import dev.sluice.toolkit.meta.FluxDuration;
import org.jspecify.annotations.Nullable;

/**
 * How to uninstall a release.
 *
 * <p>API: {@code helm.toolkit.fluxcd.io/v2}.
 *
 * @param deletionPropagation the deletion propagation policy when a Helm uninstall is performed; {@code background} by
 *     default; one of {@code background}, {@code foreground}, {@code orphan}
 * @param disableHooks prevents hooks from running during the Helm uninstall action
 * @param disableWait disables waiting for all the resources to be deleted after a Helm uninstall is performed
 * @param keepHistory tells Helm to remove all associated resources and mark the release as deleted, but retain the
 *     release history
 * @param timeout the time to wait for any individual Kubernetes operation (like Jobs for hooks) during the performance
 *     of a Helm uninstall action. Defaults to 'HelmReleaseSpec.Timeout'. A Go duration such as {@code 10m}
 */
public record Uninstall(
        @Nullable String deletionPropagation,
        @Nullable Boolean disableHooks,
        @Nullable Boolean disableWait,
        @Nullable Boolean keepHistory,
        @Nullable FluxDuration timeout) {}
