package dev.sluice.controller.queue;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The result of a reconciliation. An exception is equivalent to {@link #failed}. */
public sealed interface Result {

    /** Does nothing until the key is added again. Resets the back-off. */
    static Result done() {
        return Done.INSTANCE;
    }

    /**
     * Runs again after this time, or earlier if the key is added. Resets the back-off.
     *
     * @throws IllegalArgumentException if the delay is negative
     */
    static Result requeueAfter(Duration delay) {
        return new RequeueAfter(delay);
    }

    /** Runs again with back-off without an error, for example because of a conflict. */
    static Result retry() {
        return new Retry(null);
    }

    /** Runs again with back-off because of a failure. */
    static Result failed(Throwable cause) {
        return new Retry(Objects.requireNonNull(cause, "cause"));
    }

    /** Reports a failure for which a retry cannot succeed; counted and logged as an error. Resets the back-off. */
    static Result terminal(Throwable cause) {
        return new Terminal(cause);
    }

    /** See {@link Result#done()}. */
    enum Done implements Result {
        INSTANCE
    }

    /** See {@link Result#requeueAfter}. */
    record RequeueAfter(Duration delay) implements Result {
        public RequeueAfter {
            if (delay.isNegative()) {
                throw new IllegalArgumentException(
                        "cannot requeue after " + delay + ": the delay must not be negative");
            }
        }
    }

    /** See {@link Result#retry()} and {@link Result#failed}. */
    record Retry(@Nullable Throwable cause) implements Result {}

    /** See {@link Result#terminal}. */
    record Terminal(Throwable cause) implements Result {
        public Terminal {
            Objects.requireNonNull(cause, "cause");
        }
    }
}
