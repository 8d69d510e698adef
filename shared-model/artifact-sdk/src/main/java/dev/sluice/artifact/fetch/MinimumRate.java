package dev.sluice.artifact.fetch;

import java.time.Duration;

/**
 * How fast a download must come, so that a server that sends a byte now and then cannot hold its client for long.
 *
 * @param bytesPerSecond on average over each window; 0 for any
 * @param window from the request on, one after the other
 */
public record MinimumRate(long bytesPerSecond, Duration window) {

    private static final Duration DEFAULT_WINDOW = Duration.ofSeconds(30);

    /** @throws IllegalArgumentException if the rate is negative or the window is not positive */
    public MinimumRate {
        if (bytesPerSecond < 0 || window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("a minimum rate of " + bytesPerSecond + " bytes a second over " + window
                    + " is not possible: the rate must not be negative, the window must be positive");
        }
    }

    /** Any rate will do. */
    public static MinimumRate none() {
        return new MinimumRate(0, DEFAULT_WINDOW);
    }

    /** On average over windows of 30 seconds. */
    public static MinimumRate of(long bytesPerSecond) {
        return new MinimumRate(bytesPerSecond, DEFAULT_WINDOW);
    }

    /** Whether so many bytes within a whole window are too few. */
    boolean isTooSlow(long bytesInWindow) {
        return bytesInWindow < bytesPerSecond * window.toMillis() / 1_000.0;
    }
}
