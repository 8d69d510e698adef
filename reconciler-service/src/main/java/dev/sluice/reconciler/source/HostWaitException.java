package dev.sluice.reconciler.source;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A source's host failed, or failed a moment ago: nobody waits for it, the object comes again after this time. */
public final class HostWaitException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    HostWaitException(String message, Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
