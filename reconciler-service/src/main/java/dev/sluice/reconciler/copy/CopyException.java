package dev.sluice.reconciler.copy;

import dev.sluice.runtime.ErrorText;
import java.io.IOException;

/** The reason why a copy operation failed; {@link BuildException} adds the operation. */
final class CopyException extends IOException {

    private static final long serialVersionUID = 1L;

    CopyException(String message) {
        super(message);
    }

    CopyException(String message, IOException cause) {
        super(message + ": " + ErrorText.describe(cause), cause);
    }
}
