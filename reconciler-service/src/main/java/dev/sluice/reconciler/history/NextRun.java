package dev.sluice.reconciler.history;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a generator runs again without a change.
 *
 * @param after null if it never does
 * @param withBackOff whether the delay is that of repeated failures, which only the queue knows
 */
public record NextRun(@Nullable Duration after, boolean withBackOff) {

    public static NextRun in(Duration delay) {
        return new NextRun(delay, false);
    }

    public static NextRun backOff() {
        return new NextRun(null, true);
    }

    public static NextRun never() {
        return new NextRun(null, false);
    }
}
