package dev.sluice.controller.apply;

import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.ResourcePath;
import java.io.IOException;
import java.util.Objects;

/**
 * Server-side apply of objects and statuses for one field manager, with force. Afterwards the manager owns the fields
 * it sets; fields that it set before and no longer sets are removed; fields of other managers stay.
 *
 * <p>Idempotent: applying the current state changes nothing, not even the resource version. Thread-safe.
 */
public final class ServerSideApplier {

    private final ApiRequests requests;
    private final String fieldManager;

    /**
     * Creates an applier.
     *
     * @param fieldManager name under which the API server records ownership
     */
    public ServerSideApplier(ApiRequests requests, String fieldManager) {
        this.requests = requests;
        this.fieldManager = Objects.requireNonNull(fieldManager, "fieldManager");
    }

    /** Returns the name under which the API server records ownership. */
    public String fieldManager() {
        return fieldManager;
    }

    /**
     * Creates or changes an object, without its status.
     *
     * @return the object after the change
     * @throws ApiRequestException 409 or 422 if the body has another UID than the object
     */
    public <T> T apply(ApplyBody body, Class<T> type) throws IOException {
        return requests.apply(ResourcePath.of(body.kind(), body.key()), fieldManager, body.toJson(), type);
    }

    /**
     * Checks whether the API server would accept {@link #apply}, and changes nothing.
     *
     * @return the object as it would be after the change
     */
    public <T> T tryApply(ApplyBody body, Class<T> type) throws IOException {
        return requests.tryApply(ResourcePath.of(body.kind(), body.key()), fieldManager, body.toJson(), type);
    }

    /**
     * Changes the status of an object.
     *
     * @param body contains {@code status}; the API server ignores the other fields
     * @return the object after the change
     * @throws ApiRequestException 404 if there is no such object
     */
    public <T> T applyStatus(ApplyBody body, Class<T> type) throws IOException {
        ResourcePath status = ResourcePath.of(body.kind(), body.key()).subresource("status");
        return requests.apply(status, fieldManager, body.toJson(), type);
    }
}
