package dev.sluice.reconciler.copy;

import dev.sluice.runtime.ErrorText;
import java.io.IOException;

/** Why a copy operation cannot be carried out; {@link BuildException} adds which one it is. */
final class CopyException extends IOException {

    private static final long serialVersionUID = 1L;

    CopyException(String message) {
        super(message);
    }

    CopyException(String message, IOException cause) {
        super(message + ": " + ErrorText.describe(cause), cause);
    }
}
