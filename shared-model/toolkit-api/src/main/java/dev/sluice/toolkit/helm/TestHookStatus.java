package dev.sluice.toolkit.helm;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a test of the chart went. */
public record TestHookStatus(
        @Nullable Instant lastCompleted,
        @Nullable Instant lastStarted,
        @Nullable String phase) {}
