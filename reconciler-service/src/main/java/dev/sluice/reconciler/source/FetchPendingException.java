package dev.sluice.reconciler.source;

import java.io.IOException;
import java.time.Duration;

/** A source is still being fetched. The run ends and is requeued when the fetch has ended; this is not a failure. */
public final class FetchPendingException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Fallback in case the notification at the end of the fetch is lost. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    FetchPendingException(String message) {
        super(message);
    }

    public Duration retryAfter() {
        return RETRY_AFTER;
    }
}
