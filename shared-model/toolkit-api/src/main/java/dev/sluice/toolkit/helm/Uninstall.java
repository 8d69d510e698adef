package dev.sluice.toolkit.helm;

import dev.sluice.toolkit.meta.FluxDuration;
import org.jspecify.annotations.Nullable;

/** How to uninstall a release. */
public record Uninstall(
        @Nullable String deletionPropagation,
        @Nullable Boolean disableHooks,
        @Nullable Boolean disableWait,
        @Nullable Boolean keepHistory,
        @Nullable FluxDuration timeout) {}
