package dev.sluice.controller.request;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if an object from the API server cannot be converted into its Java type. A retry cannot succeed before the
 * object changes.
 */
public final class UnreadableObjectException extends IOException {

    private static final int MAX_REASON = 300;

    private final String reason;

    UnreadableObjectException(String action, String reason, @Nullable Throwable cause) {
        super("cannot " + action + ": the object cannot be read: " + reason, cause);
        this.reason = reason;
    }

    /** Returns the path of the invalid field and the cause, limited in length. */
    public String reason() {
        return reason;
    }

    /** Returns the first line of the innermost message. */
    static String reason(String path, Throwable failure) {
        String why = failure.getClass().getSimpleName();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            why = Objects.requireNonNullElse(cause.getMessage(), why);
        }
        String line = why.lines().findFirst().orElse("");
        String text = line.contains(path) ? line : path + ": " + line;
        return text.length() <= MAX_REASON ? text : text.substring(0, MAX_REASON) + "…";
    }
}
