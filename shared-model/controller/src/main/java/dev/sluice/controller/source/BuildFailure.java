package dev.sluice.controller.source;

import dev.sluice.controller.object.StatusExtras;
import java.io.Serial;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A reason why an object has no new artifact. Reason and message appear in conditions, events and the log, so they must
 * not contain secrets.
 */
public final class BuildFailure extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    /** What the API server accepts as the reason of a condition. */
    private static final Pattern REASON = Pattern.compile("[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?");

    private static final int LONGEST_REASON = 1024;

    private final String reason;
    private final boolean stalled;
    private final transient StatusExtras status;

    private BuildFailure(
            String reason, String message, @Nullable Throwable cause, boolean stalled, StatusExtras status) {
        super(message, cause);
        if (reason.length() > LONGEST_REASON || !REASON.matcher(reason).matches()) {
            throw new IllegalArgumentException(
                    "'" + reason
                            + "' cannot be the reason of a condition; use CamelCase without spaces, such as FetchFailed",
                    cause);
        }
        this.reason = reason;
        this.stalled = stalled;
        this.status = status;
    }

    /**
     * A failure that is retried with back-off.
     *
     * @param reason of the condition Ready, such as {@code FetchFailed}: CamelCase
     * @throws IllegalArgumentException if the API server would refuse the reason, for example because of a space
     */
    public static BuildFailure retry(String reason, String message, @Nullable Throwable cause) {
        return new BuildFailure(reason, message, cause, false, StatusExtras.NONE);
    }

    /**
     * A failure that only a change of the object, or a reconcile request, can end, such as an invalid spec.
     *
     * @throws IllegalArgumentException see {@link #retry}
     */
    public static BuildFailure stalled(String reason, String message) {
        return new BuildFailure(reason, message, null, true, StatusExtras.NONE);
    }

    /** Returns the same failure with further parts of the object's status. */
    public BuildFailure withStatus(StatusExtras extras) {
        return copy(message(), extras);
    }

    /** Returns the same failure with an addition to its message. */
    BuildFailure adding(String addition, Exception cause) {
        BuildFailure copy = copy(message() + "; " + addition, status);
        copy.addSuppressed(cause);
        return copy;
    }

    private BuildFailure copy(String message, StatusExtras extras) {
        BuildFailure copy = new BuildFailure(reason, message, getCause(), stalled, extras);
        copy.setStackTrace(getStackTrace());
        for (Throwable each : getSuppressed()) {
            copy.addSuppressed(each);
        }
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
