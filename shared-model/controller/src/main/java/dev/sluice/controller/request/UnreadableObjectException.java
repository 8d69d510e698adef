package dev.sluice.controller.request;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The API server answered with an object that cannot be made into its Java type. Trying again does not help until it is changed. */
public final class UnreadableObjectException extends IOException {

    private static final int MAX_REASON = 300;

    private final String reason;

    UnreadableObjectException(String action, String reason, @Nullable Throwable cause) {
        super("cannot " + action + ": the object cannot be read: " + reason, cause);
        this.reason = reason;
    }

    /** Where in the object and why, of bounded length. */
    public String reason() {
        return reason;
    }

    /** The first line of the innermost message. */
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
