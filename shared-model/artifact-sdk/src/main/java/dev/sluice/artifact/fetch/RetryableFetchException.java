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

    /** The server did not say when to come back. */
    public RetryableFetchException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.retryAfter = null;
    }

    /** The server may have said when to come back. */
    public RetryableFetchException(String message, Optional<Duration> retryAfter) {
        super(message);
        this.retryAfter = retryAfter.orElse(null);
    }

    /** What the server asked for by Retry-After, as it came: the caller caps it by its own deadline. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
