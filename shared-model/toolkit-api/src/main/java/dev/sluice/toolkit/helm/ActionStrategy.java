package dev.sluice.toolkit.helm;

import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/**
 * How to handle a failed installation or upgrade.
 *
 * @param name {@code RemediateOnFailure} or {@code RetryOnFailure}
 */
public record ActionStrategy(String name, @Nullable FluxDuration retryInterval) {

    public ActionStrategy {
        Required.field(name, "ActionStrategy", "name");
    }
}
