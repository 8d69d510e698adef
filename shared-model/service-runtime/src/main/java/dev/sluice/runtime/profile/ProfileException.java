package dev.sluice.runtime.profile;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** No profile; the message is for whoever asked. */
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

    /** Garbage was collected at somebody's request just now. */
    static ProfileException tooEarly(long retryAfterSeconds) {
        String message = "garbage was collected on request less than %d s ago: ask again in %d s, or for a heap profile"
                + " without gc=1 and debug=1";
        return new ProfileException(
                TOO_MANY_REQUESTS,
                message.formatted(ForcedCollections.PAUSE.toSeconds(), retryAfterSeconds),
                null,
                retryAfterSeconds);
    }

    /** This JVM cannot do it, or not now. */
    static ProfileException unavailable(String message, @Nullable Throwable cause) {
        return new ProfileException(UNAVAILABLE, message, cause);
    }

    /** The HTTP status. */
    int status() {
        return status;
    }

    /** When to ask again; 0 where nobody knows. */
    long retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
