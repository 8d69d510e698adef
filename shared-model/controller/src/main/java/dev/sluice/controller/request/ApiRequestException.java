package dev.sluice.controller.request;

import java.io.IOException;
import java.net.HttpURLConnection;

/** The API server refused a request. A request that did not reach it fails with another {@link IOException}. */
public final class ApiRequestException extends IOException {

    private final int code;

    /**
     * An answer other than 2xx.
     *
     * @param action what was asked for, for example {@code apply ExternalArtifact default/app}
     * @param code the HTTP status
     * @param reason the message of the answer's Status object, or what the answer had instead
     */
    public ApiRequestException(String action, int code, String reason) {
        super("cannot " + action + ": HTTP " + code + (reason.isEmpty() ? "" : ": " + reason));
        this.code = code;
    }

    /** The HTTP status. */
    public int code() {
        return code;
    }

    /** There is no such object, or no such kind. */
    public boolean isNotFound() {
        return code == HttpURLConnection.HTTP_NOT_FOUND;
    }

    /** The object is another than was expected, or a new one stands in the way: read it again and retry. */
    public boolean isConflict() {
        return code == HttpURLConnection.HTTP_CONFLICT;
    }
}
