package dev.sluice.reconciler.source;

import dev.sluice.artifact.concurrent.LruMap;
import dev.sluice.artifact.fetch.RetryPolicy;
import dev.sluice.controller.queue.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Back-off of failed sources. An unreachable host counts for all its URLs; any response, with or without Retry-After,
 * counts for its URL and digest only. Each namespace has its own state, so that no namespace can delay the sources of
 * another or reset its back-off.
 *
 * <p>After the policy's retries, the wait of a URL doubles up to the longest wait. The wait of a host stays at the
 * policy's maximum, because a failed connection is cheap. Thread-safe.
 */
final class SourceBackOff {

    private static final int MAX_NAMESPACES = 10_000;
    private static final int MAX_HOSTS = 100;
    private static final int MAX_URLS = 1_000;
    private static final int MAX_DOUBLINGS = 20;

    private final LruMap<String, Failures> namespaces = new LruMap<>(MAX_NAMESPACES);
    private final RetryPolicy policy;
    private final Duration longestWait;
    private final Duration longestRetryAfter;
    private final Ticker ticker;

    /**
     * Creates a back-off without failures.
     *
     * @param longestWait maximum wait of a URL that has failed more often than the policy retries
     * @param longestRetryAfter maximum accepted Retry-After
     */
    SourceBackOff(RetryPolicy policy, Duration longestWait, Duration longestRetryAfter, Ticker ticker) {
        this.policy = policy;
        this.longestWait = longestWait;
        this.longestRetryAfter = longestRetryAfter;
        this.ticker = ticker;
    }

    /**
     * Checks whether the source may be requested now.
     *
     * @throws SourceWaitException if the source is in back-off; contains the last failure
     * @throws IOException the last failure, if only a change of the source can resolve it
     */
    synchronized void requireNotBackingOff(SourceRequest request) throws IOException {
        Failures failures = namespaces.get(request.namespace());
        if (failures != null) {
            requireOver(failures.hosts.get(request.host()));
            requireOver(failures.urls.get(request.key()));
        }
    }

    private void requireOver(@Nullable Failure failure) throws IOException {
        if (failure == null || left(failure) <= 0) {
            return;
        }
        if (failure.terminal() != null) {
            throw failure.terminal();
        }
        throw new SourceWaitException(failure.problem(), Duration.ofNanos(left(failure)), null);
    }

    private long left(Failure failure) {
        return failure.endNanos() - ticker.nanos();
    }

    /** Records a failed connection and returns the wait before the next attempt. */
    synchronized Duration unreachable(SourceRequest request, String problem) {
        LruMap<String, Failure> hosts = of(request).hosts;
        int count = countWith(hosts.get(request.host()));
        return note(hosts, request.host(), new Failure(count, 0, problem, null), policy.waitAfter(count));
    }

    /** Records another failure and returns the wait before the next attempt. */
    synchronized Duration failed(SourceRequest request, Optional<Duration> retryAfter, String problem) {
        LruMap<String, Failure> urls = of(request).urls;
        int count = countWith(urls.get(request.key()));
        Duration wait =
                retryAfter.map(asked -> shorter(asked, longestRetryAfter)).orElseGet(() -> waitAfter(count));
        return note(urls, request.key(), new Failure(count, 0, problem, null), wait);
    }

    /** Records a failure that the same bytes would cause again; the next attempt is after the longest wait. */
    synchronized void failedTerminally(SourceRequest request, IOException failure) {
        note(of(request).urls, request.key(), new Failure(1, 0, "", failure), longestWait);
    }

    synchronized void succeeded(SourceRequest request) {
        Failures failures = namespaces.get(request.namespace());
        if (failures != null) {
            failures.hosts.remove(request.host());
            failures.urls.remove(request.key());
        }
    }

    private Failures of(SourceRequest request) {
        return namespaces.computeIfAbsent(request.namespace(), namespace -> new Failures());
    }

    private Duration note(LruMap<String, Failure> failures, String key, Failure failure, Duration wait) {
        failures.put(key, failure.until(ticker.nanos() + wait.toNanos()));
        return wait;
    }

    /** Counts simultaneous attempts that fail together as one failure, and ignores an old one. */
    private int countWith(@Nullable Failure before) {
        if (before == null || left(before) < -longestWait.toNanos()) {
            return 1;
        }
        return left(before) > 0 ? before.count() : before.count() + 1;
    }

    private Duration waitAfter(int failures) {
        int beyond = Math.min(failures - policy.retries(), MAX_DOUBLINGS);
        Duration wait = policy.waitAfter(failures);
        return beyond <= 0 ? wait : shorter(wait.multipliedBy(1L << beyond), longestWait);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static final class Failures {
        private final LruMap<String, Failure> hosts = new LruMap<>(MAX_HOSTS);
        private final LruMap<String, Failure> urls = new LruMap<>(MAX_URLS);
    }

    private record Failure(
            int count,
            long endNanos,
            String problem,
            @Nullable IOException terminal) {

        Failure until(long nanos) {
            return new Failure(count, nanos, problem, terminal);
        }
    }
}
