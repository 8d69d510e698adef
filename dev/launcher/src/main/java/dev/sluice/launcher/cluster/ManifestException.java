package dev.sluice.launcher.cluster;

import org.jspecify.annotations.Nullable;

/** A manifest cannot be read or applied. The message is one line for the user. */
public final class ManifestException extends Exception {

    private static final long serialVersionUID = 1L;

    ManifestException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
