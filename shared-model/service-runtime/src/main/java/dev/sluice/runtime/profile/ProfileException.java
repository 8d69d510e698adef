package dev.sluice.runtime.profile;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** No profile; the message is for whoever asked. */
final class ProfileException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNAVAILABLE = 501;

    private final int status;

    private ProfileException(int status, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    static ProfileException notFound(String message) {
        return new ProfileException(NOT_FOUND, message, null);
    }

    static ProfileException conflict(String message) {
        return new ProfileException(CONFLICT, message, null);
    }

    /** This JVM cannot do it, or not now. */
    static ProfileException unavailable(String message, @Nullable Throwable cause) {
        return new ProfileException(UNAVAILABLE, message, cause);
    }

    /** The HTTP status. */
    int status() {
        return status;
    }
}
