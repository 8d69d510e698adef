package dev.sluice.reconciler.source;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A source failed or is in back-off; the generator is requeued after {@link #retryAfter()}. */
public final class SourceWaitException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    SourceWaitException(String message, Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
