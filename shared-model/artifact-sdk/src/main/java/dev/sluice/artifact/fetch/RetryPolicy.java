package dev.sluice.artifact.fetch;

import java.time.Duration;

/**
 * How often a download is tried again, and how long to wait before.
 *
 * @param retries after the first try, 0 or more
 * @param firstWait before the first retry; it doubles with each further one
 * @param longestWait the doubling ends here
 */
public record RetryPolicy(int retries, Duration firstWait, Duration longestWait) {

    /** As Flux does: 9 retries, 5 s doubling to 30 s, so a dead server is given up after about 4 minutes. */
    public static final RetryPolicy FLUX = new RetryPolicy(9, Duration.ofSeconds(5), Duration.ofSeconds(30));

    private static final int MAX_DOUBLINGS = 20;

    /** @throws IllegalArgumentException if a value is negative */
    public RetryPolicy {
        if (retries < 0 || firstWait.isNegative() || longestWait.isNegative()) {
            throw new IllegalArgumentException("retries and waits can not be negative: " + retries + " retries, "
                    + firstWait + " to " + longestWait);
        }
    }

    /** The same with another number of retries. */
    public RetryPolicy withRetries(int newRetries) {
        return new RetryPolicy(newRetries, firstWait, longestWait);
    }

    /** The wait after that many failures in a row, without jitter; 1 is the first. */
    public Duration waitAfter(int failures) {
        Duration wait = firstWait.multipliedBy(1L << Math.min(Math.max(failures, 1) - 1, MAX_DOUBLINGS));
        return wait.compareTo(longestWait) > 0 ? longestWait : wait;
    }
}
