package dev.sluice.reconciler.offline;

import dev.sluice.runtime.ErrorText;
import java.io.IOException;

/** A command failed; the user sees only the message. */
final class OfflineException extends IOException {

    private static final long serialVersionUID = 1L;

    OfflineException(String message) {
        super(message);
    }

    OfflineException(String message, Throwable cause) {
        super(message + ": " + ErrorText.describe(cause), cause);
    }
}
