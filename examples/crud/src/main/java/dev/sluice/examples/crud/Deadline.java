package dev.sluice.examples.crud;

import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

// region deadline
/** A moment that ends all calls of a program, not only the wait between them. */
record Deadline(long nanoTime) {

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** At least that much time: what cleans up must not fail because the time is up. */
    Deadline orAtLeast(Duration time) {
        Deadline other = in(time);
        return other.nanoTime - nanoTime > 0 ? other : this;
    }

    Duration left() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    /** Gives each next call of the client what is left, from the connection to the last byte. */
    ApiClient limit(ApiClient client) throws TimeoutException {
        Duration left = left();
        if (left.toMillis() == 0) {
            throw new TimeoutException("no time is left for another call");
        }
        return client.setHttpClient(
                client.getHttpClient().newBuilder().callTimeout(left).build());
    }
}
// endregion
