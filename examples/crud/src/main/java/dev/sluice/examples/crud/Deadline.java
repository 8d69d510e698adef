package dev.sluice.examples.crud;

import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

// region deadline
/** A deadline for all calls of a program, including the time between them. */
record Deadline(long nanoTime) {

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Returns this deadline, or one that leaves at least the given time: clean-up must not fail at the deadline. */
    Deadline orAtLeast(Duration time) {
        Deadline other = in(time);
        return other.nanoTime - nanoTime > 0 ? other : this;
    }

    Duration left() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    /** Sets the remaining time as timeout of the client's next calls, from the connection to the last byte. */
    ApiClient limit(ApiClient client) throws TimeoutException {
        Duration left = left();
        if (left.toMillis() == 0) {
            throw new TimeoutException("deadline exceeded");
        }
        return client.setHttpClient(
                client.getHttpClient().newBuilder().callTimeout(left).build());
    }
}
// endregion
