package dev.sluice.toolkit.helm;

import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/**
 * How to handle a failed installation or upgrade.
 *
 * <p>API: {@code helm.toolkit.fluxcd.io/v2}.
 *
 * @param name {@code RemediateOnFailure} or {@code RetryOnFailure}
 * @param retryInterval the interval at which to retry a failed install. Can be used only when Name is set to
 *     RetryOnFailure. Defaults to '5m'. A Go duration such as {@code 10m}
 */
public record ActionStrategy(String name, @Nullable FluxDuration retryInterval) {

    public ActionStrategy {
        Required.field(name, "ActionStrategy", "name");
    }
}
