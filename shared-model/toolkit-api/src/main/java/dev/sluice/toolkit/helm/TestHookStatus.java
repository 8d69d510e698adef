package dev.sluice.toolkit.helm;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The result of a chart's test.
 *
 * <p>API: {@code helm.toolkit.fluxcd.io/v2}.
 *
 * @param lastCompleted the time the test hook last completed
 * @param lastStarted the time the test hook was last started
 * @param phase phase the test hook was observed to be in
 */
public record TestHookStatus(
        @Nullable Instant lastCompleted,
        @Nullable Instant lastStarted,
        @Nullable String phase) {}
