package dev.sluice.controller.queue;

import java.time.Duration;

/**
 * How long to wait after failures.
 *
 * @param min the delay after the first failure; doubled by each further one
 * @param max no delay is longer
 * @param jitter how much of a delay is left to chance, 0 (none) to 1: a delay of 10 s with 0.2 is 8..10 s
 */
public record BackOffOptions(Duration min, Duration max, double jitter) {

    // before DEFAULT, whose check reads it
    private static final Duration LONGEST = Duration.ofDays(365);

    /** As Flux controllers have it: 750 ms to 15 minutes, no jitter. */
    public static final BackOffOptions DEFAULT = new BackOffOptions(Duration.ofMillis(750), Duration.ofMinutes(15), 0);

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException unless 0 &lt; min ≤ max ≤ 365 days and 0 ≤ jitter ≤ 1
     */
    public BackOffOptions {
        if (min.isZero() || min.isNegative() || min.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    "back-off from " + min + " to " + max + ": the first must be positive, and not above the second");
        }
        if (max.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("back-off up to " + max + " is longer than " + LONGEST);
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("back-off jitter " + jitter + " is not within 0..1");
        }
    }
}
