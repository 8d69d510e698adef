package dev.sluice.artifact.fetch;

import java.time.Duration;

/**
 * The number of retries of a download and the delays between them.
 *
 * @param retries number of retries after the first attempt, 0 or more
 * @param firstWait delay before the first retry; doubles with each further retry
 * @param longestWait maximum delay
 */
public record RetryPolicy(int retries, Duration firstWait, Duration longestWait) {

    /** Flux's policy: 9 retries with delays of 5 to 30 s; an unreachable server fails after about 4 minutes. */
    public static final RetryPolicy FLUX = new RetryPolicy(9, Duration.ofSeconds(5), Duration.ofSeconds(30));

    private static final int MAX_DOUBLINGS = 20;

    /** @throws IllegalArgumentException if a value is negative */
    public RetryPolicy {
        if (retries < 0 || firstWait.isNegative() || longestWait.isNegative()) {
            throw new IllegalArgumentException("retries and delays must not be negative: " + retries + " retries, "
                    + firstWait + " to " + longestWait);
        }
    }

    /** Returns a copy with another number of retries. */
    public RetryPolicy withRetries(int newRetries) {
        return new RetryPolicy(newRetries, firstWait, longestWait);
    }

    /** Returns the delay after this number of consecutive failures, starting at 1, without jitter. */
    public Duration waitAfter(int failures) {
        Duration wait = firstWait.multipliedBy(1L << Math.min(Math.max(failures, 1) - 1, MAX_DOUBLINGS));
        return wait.compareTo(longestWait) > 0 ? longestWait : wait;
    }
}
