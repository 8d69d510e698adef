package dev.sluice.toolkit.helm;

import dev.sluice.toolkit.meta.Required;

/**
 * How to wait for readiness.
 *
 * <p>API: {@code helm.toolkit.fluxcd.io/v2}.
 *
 * @param name {@code poller} or {@code legacy}
 */
public record WaitStrategy(String name) {

    public WaitStrategy {
        Required.field(name, "WaitStrategy", "name");
    }
}
