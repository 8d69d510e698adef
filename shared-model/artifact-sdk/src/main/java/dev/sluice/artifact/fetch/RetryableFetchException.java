package dev.sluice.artifact.fetch;

import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A download failed in a way that may pass: no connection, a cut, 429, or 5xx other than 501. */
public final class RetryableFetchException extends FetchException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;
    private final boolean unreachable;

    /** The server did not say when to come back. */
    public RetryableFetchException(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    private RetryableFetchException(String message, @Nullable Throwable cause, boolean unreachable) {
        super(message, cause);
        this.retryAfter = null;
        this.unreachable = unreachable;
    }

    /** The server may have said when to come back. */
    public RetryableFetchException(String message, Optional<Duration> retryAfter) {
        super(message);
        this.retryAfter = retryAfter.orElse(null);
        this.unreachable = false;
    }

    static RetryableFetchException unreachable(String message, @Nullable Throwable cause) {
        return new RetryableFetchException(message, cause, true);
    }

    /** Whether there was no connection at all: the same is true of every other download from that host and port. */
    public boolean isUnreachable() {
        return unreachable;
    }

    /** What the server asked for by Retry-After, as it came: the caller caps it by its own deadline. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
