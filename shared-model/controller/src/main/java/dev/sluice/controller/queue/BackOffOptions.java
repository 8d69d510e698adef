package dev.sluice.controller.queue;

import java.time.Duration;

/**
 * Options for exponential back-off.
 *
 * @param min delay after the first failure; doubles with each further failure
 * @param max maximum delay
 * @param jitter random fraction by which a delay is shortened, 0 (none) to 1: 10 s with 0.2 becomes 8 to 10 s
 */
public record BackOffOptions(Duration min, Duration max, double jitter) {

    // must precede DEFAULT, whose constructor reads it
    private static final Duration LONGEST = Duration.ofDays(365);

    /** The back-off of Flux controllers: 750 ms to 15 minutes, no jitter. */
    public static final BackOffOptions DEFAULT = new BackOffOptions(Duration.ofMillis(750), Duration.ofMinutes(15), 0);

    /**
     * Validates the limits.
     *
     * @throws IllegalArgumentException unless 0 &lt; min ≤ max ≤ 365 days and 0 ≤ jitter ≤ 1
     */
    public BackOffOptions {
        if (min.isZero() || min.isNegative() || min.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    "back-off from " + min + " to " + max + ": the minimum must be positive and not above the maximum");
        }
        if (max.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("back-off up to " + max + " is longer than " + LONGEST);
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("back-off jitter " + jitter + " is not within 0..1");
        }
    }
}
