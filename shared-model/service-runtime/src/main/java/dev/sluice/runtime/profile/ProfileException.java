package dev.sluice.runtime.profile;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Thrown if a profile cannot be taken; the message is for the client. */
final class ProfileException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 501;

    private final int status;
    private final long retryAfterSeconds;

    private ProfileException(int status, String message, @Nullable Throwable cause) {
        this(status, message, cause, 0);
    }

    private ProfileException(int status, String message, @Nullable Throwable cause, long retryAfterSeconds) {
        super(message, cause);
        this.status = status;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    static ProfileException notFound(String message) {
        return new ProfileException(NOT_FOUND, message, null);
    }

    static ProfileException conflict(String message) {
        return new ProfileException(CONFLICT, message, null);
    }

    /** Creates an exception for a request too soon after another garbage collection. */
    static ProfileException tooEarly(long retryAfterSeconds) {
        String message =
                "the last requested garbage collection was less than %d s ago; retry in %d s, or request a heap profile"
                        + " without gc=1 and debug=1";
        return new ProfileException(
                TOO_MANY_REQUESTS,
                message.formatted(ForcedCollections.PAUSE.toSeconds(), retryAfterSeconds),
                null,
                retryAfterSeconds);
    }

    /** Creates an exception for something that this JVM cannot do, or not at the moment. */
    static ProfileException unavailable(String message, @Nullable Throwable cause) {
        return new ProfileException(UNAVAILABLE, message, cause);
    }

    /** Returns the HTTP status. */
    int status() {
        return status;
    }

    /** Returns when to retry, in seconds; 0 if unknown. */
    long retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
