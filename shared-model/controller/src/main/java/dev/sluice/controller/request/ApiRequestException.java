package dev.sluice.controller.request;

import java.io.IOException;
import java.net.HttpURLConnection;

/**
 * An error response of the API server. A request that did not reach the server fails with another {@link IOException}.
 */
public final class ApiRequestException extends IOException {

    private final int code;

    /**
     * Creates an exception for a response that is not 2xx.
     *
     * @param action what was requested, for example {@code apply ExternalArtifact default/app}
     * @param code the HTTP status code
     * @param reason the message of the Status object in the response, or the start of any other body
     */
    public ApiRequestException(String action, int code, String reason) {
        super("cannot " + action + ": HTTP " + code + (reason.isEmpty() ? "" : ": " + reason));
        this.code = code;
    }

    /** Returns the HTTP status code. */
    public int code() {
        return code;
    }

    /** Whether the object, or its kind, does not exist. */
    public boolean isNotFound() {
        return code == HttpURLConnection.HTTP_NOT_FOUND;
    }

    /** Whether the object has changed, or already exists: read it again and retry. */
    public boolean isConflict() {
        return code == HttpURLConnection.HTTP_CONFLICT;
    }
}
