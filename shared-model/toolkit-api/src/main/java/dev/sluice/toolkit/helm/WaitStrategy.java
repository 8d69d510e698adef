package dev.sluice.toolkit.helm;

import dev.sluice.toolkit.meta.Required;

/**
 * How to wait for readiness.
 *
 * <p>API: {@code helm.toolkit.fluxcd.io/v2}.
 *
 * @param name {@code poller} (the default), which reads the status of the resources, or {@code legacy}, the way of
 *     Helm 3, which is the default with the feature gate UseHelm3Defaults
 */
public record WaitStrategy(String name) {

    public WaitStrategy {
        Required.field(name, "WaitStrategy", "name");
    }
}
