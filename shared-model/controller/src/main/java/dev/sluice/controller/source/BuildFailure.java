package dev.sluice.controller.source;

import dev.sluice.controller.object.StatusExtras;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A reason why an object has no new artifact. Reason and message appear in conditions, events and the log, so they must
 * not contain secrets.
 */
public final class BuildFailure extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final boolean stalled;
    private final transient StatusExtras status;

    private BuildFailure(
            String reason, String message, @Nullable Throwable cause, boolean stalled, StatusExtras status) {
        super(message, cause);
        this.reason = reason;
        this.stalled = stalled;
        this.status = status;
    }

    /**
     * A failure that is retried with back-off.
     *
     * @param reason of the condition Ready, such as {@code FetchFailed}: CamelCase
     */
    public static BuildFailure retry(String reason, String message, @Nullable Throwable cause) {
        return new BuildFailure(reason, message, cause, false, StatusExtras.NONE);
    }

    /** A failure that only a change of the object, or a reconcile request, can end, such as an invalid spec. */
    public static BuildFailure stalled(String reason, String message) {
        return new BuildFailure(reason, message, null, true, StatusExtras.NONE);
    }

    /** Returns the same failure with further parts of the object's status. */
    public BuildFailure withStatus(StatusExtras extras) {
        BuildFailure copy = new BuildFailure(reason, message(), getCause(), stalled, extras);
        copy.setStackTrace(getStackTrace());
        return copy;
    }

    /** Returns the reason of the condition. */
    public String reason() {
        return reason;
    }

    /** Returns the message, never null. */
    public String message() {
        return String.valueOf(getMessage());
    }

    /** Whether the failure is not retried. */
    public boolean isStalled() {
        return stalled;
    }

    /** Returns what the status says besides the failure. */
    public StatusExtras status() {
        return status;
    }
}
