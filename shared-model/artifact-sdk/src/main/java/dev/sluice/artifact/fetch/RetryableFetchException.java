package dev.sluice.artifact.fetch;

import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if a download failed with a retryable error: no connection, a broken connection, status 429, or 5xx other than
 * 501.
 */
public final class RetryableFetchException extends FetchException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;
    private final Kind kind;

    private enum Kind {
        UNREACHABLE,
        TOO_SLOW,
        OTHER
    }

    /** Creates an exception without Retry-After. */
    public RetryableFetchException(String message, @Nullable Throwable cause) {
        this(message, cause, Kind.OTHER);
    }

    private RetryableFetchException(String message, @Nullable Throwable cause, Kind kind) {
        super(message, cause);
        this.retryAfter = null;
        this.kind = kind;
    }

    /** Creates an exception with an optional Retry-After. */
    public RetryableFetchException(String message, Optional<Duration> retryAfter) {
        super(message);
        this.retryAfter = retryAfter.orElse(null);
        this.kind = Kind.OTHER;
    }

    static RetryableFetchException unreachable(String message, @Nullable Throwable cause) {
        return new RetryableFetchException(message, cause, Kind.UNREACHABLE);
    }

    static RetryableFetchException tooSlow(String message) {
        return new RetryableFetchException(message, null, Kind.TOO_SLOW);
    }

    /** Whether the download was slower than {@link FetchLimits#minimumRate}. */
    public boolean isTooSlow() {
        return kind == Kind.TOO_SLOW;
    }

    /** Whether there was no connection, so that other downloads from the same host and port would fail as well. */
    public boolean isUnreachable() {
        return kind == Kind.UNREACHABLE;
    }

    /** Returns the server's Retry-After, which the caller must limit by its own deadline. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
