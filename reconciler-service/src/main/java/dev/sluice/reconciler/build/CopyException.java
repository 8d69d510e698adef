package dev.sluice.reconciler.build;

import java.io.IOException;

/** Why a copy operation cannot be carried out; {@link BuildException} adds which one it is. */
final class CopyException extends IOException {

    private static final long serialVersionUID = 1L;

    CopyException(String message) {
        super(message);
    }

    CopyException(String message, IOException cause) {
        super(message + ": " + Causes.describe(cause), cause);
    }
}
