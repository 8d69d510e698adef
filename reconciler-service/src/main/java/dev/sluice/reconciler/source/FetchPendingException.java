package dev.sluice.reconciler.source;

import java.io.IOException;
import java.time.Duration;

/**
 * A source is being fetched and that takes its time: the run ends, and comes again when the fetch has ended. No failure.
 */
public final class FetchPendingException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Whoever waits is told when the fetch ends; this is for the case that the word gets lost. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    FetchPendingException(String message) {
        super(message);
    }

    public Duration retryAfter() {
        return RETRY_AFTER;
    }
}
