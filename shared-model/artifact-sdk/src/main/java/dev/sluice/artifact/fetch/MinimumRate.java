package dev.sluice.artifact.fetch;

import java.time.Duration;

/**
 * The minimum rate of a download, which prevents a server that sends very slowly from blocking the client for long.
 *
 * @param bytesPerSecond average over each window; 0 for no minimum
 * @param window length of the consecutive windows, which start with the request
 */
public record MinimumRate(long bytesPerSecond, Duration window) {

    private static final Duration DEFAULT_WINDOW = Duration.ofSeconds(30);

    /** @throws IllegalArgumentException if the rate is negative or the window is not positive */
    public MinimumRate {
        if (bytesPerSecond < 0 || window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("invalid minimum rate of " + bytesPerSecond + " bytes per second over "
                    + window + ": the rate must not be negative, and the window must be positive");
        }
    }

    /** No minimum rate. */
    public static MinimumRate none() {
        return new MinimumRate(0, DEFAULT_WINDOW);
    }

    /** A minimum rate with windows of 30 seconds. */
    public static MinimumRate of(long bytesPerSecond) {
        return new MinimumRate(bytesPerSecond, DEFAULT_WINDOW);
    }

    /** Whether this number of bytes in a whole window is too low. */
    boolean isTooSlow(long bytesInWindow) {
        return bytesInWindow < bytesPerSecond * window.toMillis() / 1_000.0;
    }
}
