package dev.sluice.reconciler.generator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A step failed with a retryable error; a permanent one is a {@code TerminalException}. */
final class ReconcileFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final @Nullable Duration retryAfter;

    /**
     * @param reason the reason of the condition
     * @param retryAfter delay of the retry, or null for the object's back-off
     */
    ReconcileFailure(String reason, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    Outcome toOutcome() {
        return Outcome.Retry.of(reason, messageText(), retryAfter);
    }

    private String messageText() {
        String text = getMessage();
        return text == null ? reason : text;
    }
}
