package dev.sluice.reconciler.generator;

import dev.sluice.controller.request.ApiRequestException;
import org.jspecify.annotations.Nullable;

/** An artifact was built but must not, or cannot, be published. */
final class PublishException extends Exception {

    private static final long serialVersionUID = 1L;

    PublishException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Whether the API server has refused a write because the object exists or has changed. */
    static boolean isConflict(Throwable failure) {
        return failure instanceof ApiRequestException request && request.isConflict();
    }

    /** @throws ApiRequestException if the cause is a conflict */
    void rethrowConflict() throws ApiRequestException {
        if (getCause() instanceof ApiRequestException request && request.isConflict()) {
            throw request;
        }
    }
}
