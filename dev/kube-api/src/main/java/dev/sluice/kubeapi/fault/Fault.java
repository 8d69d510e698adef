package dev.sluice.kubeapi.fault;

import java.time.Duration;
import java.util.Objects;

/**
 * What goes wrong with requests.
 *
 * @param pathPrefix of the requests that it strikes; empty for all
 * @param method of the requests that it strikes; empty for all
 * @param times how many requests it strikes before it is spent
 * @param delay how long {@link Action#DELAY} holds a request back, how long {@link Action#TOO_MANY_REQUESTS} asks
 *     clients to wait (in whole seconds); without meaning for the others
 */
public record Fault(Action action, String pathPrefix, String method, int times, Duration delay) {

    /** Past this a delay would only tie up the test. */
    private static final Duration MAX_DELAY = Duration.ofMinutes(5);

    /** How a request fails. */
    public enum Action {
        /** Answered 410 Expired: what the client knows is too old. */
        GONE,
        /** Answered 429 with Retry-After. */
        TOO_MANY_REQUESTS,
        /** Answered 500. */
        SERVER_ERROR,
        /** The connection stays open and nothing comes until {@link Faults#clear}; then the request is served. */
        HANG,
        /** Served, but late. */
        DELAY
    }

    public Fault {
        Objects.requireNonNull(action, "action");
        if (times < 1) {
            throw new IllegalArgumentException("times " + times + ": give at least 1");
        }
        if (delay.isNegative() || delay.compareTo(MAX_DELAY) > 0) {
            throw new IllegalArgumentException("delay " + delay + ": give 0 to " + MAX_DELAY);
        }
    }

    /** Strikes every request until it is cleared. */
    public static Fault always(Action action) {
        return new Fault(action, "", "", Integer.MAX_VALUE, Duration.ofSeconds(1));
    }

    public Fault times(int count) {
        return new Fault(action, pathPrefix, method, count, delay);
    }

    /** Only requests whose path starts so. */
    public Fault on(String prefix) {
        return new Fault(action, prefix, method, times, delay);
    }

    /** Only requests of this HTTP method. */
    public Fault of(String httpMethod) {
        return new Fault(action, pathPrefix, httpMethod, times, delay);
    }

    public Fault delay(Duration duration) {
        return new Fault(action, pathPrefix, method, times, duration);
    }

    boolean strikes(String requestMethod, String path) {
        return path.startsWith(pathPrefix) && (method.isEmpty() || method.equalsIgnoreCase(requestMethod));
    }
}
