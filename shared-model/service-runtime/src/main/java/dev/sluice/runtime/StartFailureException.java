package dev.sluice.runtime;

import java.io.Serial;

/**
 * Thrown if the service cannot start for a reason that the user can fix. The message is complete: what failed, for
 * which value, and what to do.
 */
public final class StartFailureException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Creates an exception without a cause. */
    public StartFailureException(String message) {
        super(message);
    }

    /** Creates an exception with a cause, which is only logged at debug level. */
    public StartFailureException(String message, Throwable cause) {
        super(message, cause);
    }
}
