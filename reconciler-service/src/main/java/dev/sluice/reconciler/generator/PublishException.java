package dev.sluice.reconciler.generator;

import org.jspecify.annotations.Nullable;

/** An artifact was built but must not, or cannot, be published. */
final class PublishException extends Exception {

    private static final long serialVersionUID = 1L;

    PublishException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
