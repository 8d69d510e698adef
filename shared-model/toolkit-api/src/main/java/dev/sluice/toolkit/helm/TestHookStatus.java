package dev.sluice.toolkit.helm;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The result of a chart's test. */
public record TestHookStatus(
        @Nullable Instant lastCompleted,
        @Nullable Instant lastStarted,
        @Nullable String phase) {}
