package dev.sluice.runtime;

import java.io.Serial;

/** A reason not to start that is the user's to mend; its message is complete: what was tried, with what, what to do. */
public final class StartFailureException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** A failure that needs no further explanation. */
    public StartFailureException(String message) {
        super(message);
    }

    /** A failure with the error that led to it; the cause shows at debug only. */
    public StartFailureException(String message, Throwable cause) {
        super(message, cause);
    }
}
