package dev.sluice.reconciler.source;

import dev.sluice.artifact.fetch.RetryPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One back-off per source host, so that a dead host holds no worker and is not asked by every generator. The waits are
 * those of the retry policy, or what the host asked for; after the policy's retries the sequence begins anew.
 * Thread-safe; remembers at most 1,000 hosts.
 */
final class HostBackOff {

    private static final int MAX_HOSTS = 1_000;

    private final Map<String, Wait> waits = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Wait> eldest) {
            return size() > MAX_HOSTS;
        }
    };

    private final RetryPolicy policy;
    private final Duration longestRetryAfter;
    private final Clock clock;

    /**
     * A back-off that knows no host yet.
     *
     * @param longestRetryAfter cap of what a host may ask for
     */
    HostBackOff(RetryPolicy policy, Duration longestRetryAfter, Clock clock) {
        this.policy = policy;
        this.longestRetryAfter = longestRetryAfter;
        this.clock = clock;
    }

    /** How long to leave this host alone; empty when it may be asked now. */
    synchronized Optional<HostWait> waiting(String host) {
        Wait wait = waits.get(host);
        if (wait == null) {
            return Optional.empty();
        }
        Duration left = Duration.between(clock.instant(), wait.until());
        return left.isNegative() || left.isZero() ? Optional.empty() : Optional.of(new HostWait(left, wait.problem()));
    }

    /** A wait that is under way, and the failure that began it. */
    record HostWait(Duration left, String problem) {}

    /** Notes a failure and returns the wait that follows it. */
    synchronized Duration failed(String host, Optional<Duration> retryAfter, String problem) {
        Instant now = clock.instant();
        int failures = failuresWith(waits.get(host), now);
        Duration wait = retryAfter
                .map(asked -> asked.compareTo(longestRetryAfter) > 0 ? longestRetryAfter : asked)
                .orElseGet(() -> policy.waitAfter(failures));
        waits.put(host, new Wait(failures, now.plus(wait), problem));
        return wait;
    }

    /** Tries that were under way together fail together: that is one failure of the host. */
    private int failuresWith(@Nullable Wait before, Instant now) {
        if (before == null) {
            return 1;
        }
        if (before.until().isAfter(now)) {
            return before.failures();
        }
        return before.failures() >= policy.retries() ? 1 : before.failures() + 1;
    }

    synchronized void succeeded(String host) {
        waits.remove(host);
    }

    private record Wait(int failures, Instant until, String problem) {}
}
