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
    private final Kind kind;

    private enum Kind {
        UNREACHABLE,
        TOO_SLOW,
        OTHER
    }

    /** The server did not say when to come back. */
    public RetryableFetchException(String message, @Nullable Throwable cause) {
        this(message, cause, Kind.OTHER);
    }

    private RetryableFetchException(String message, @Nullable Throwable cause, Kind kind) {
        super(message, cause);
        this.retryAfter = null;
        this.kind = kind;
    }

    /** The server may have said when to come back. */
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

    /** Whether it came slower than {@link FetchOptions#minimumRate}. */
    public boolean isTooSlow() {
        return kind == Kind.TOO_SLOW;
    }

    /** Whether there was no connection at all: the same is true of every other download from that host and port. */
    public boolean isUnreachable() {
        return kind == Kind.UNREACHABLE;
    }

    /** What the server asked for by Retry-After, as it came: the caller caps it by its own deadline. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
