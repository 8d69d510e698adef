package dev.sluice.controller.apply;

import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.ResourcePath;
import java.io.IOException;
import java.util.Objects;

/**
 * Applies objects and statuses on behalf of one field manager, with force: what the manager sets is its own afterwards,
 * what it set before and does not set any more is removed, what others own stays.
 *
 * <p>Idempotent: applying what stands changes nothing, not even the resource version. Thread-safe.
 */
public final class ServerSideApply {

    private final ApiRequests requests;
    private final String fieldManager;

    /** @param fieldManager the name under which the API server books the fields */
    public ServerSideApply(ApiRequests requests, String fieldManager) {
        this.requests = requests;
        this.fieldManager = Objects.requireNonNull(fieldManager, "fieldManager");
    }

    /** The name under which the API server books the fields. */
    public String fieldManager() {
        return fieldManager;
    }

    /**
     * Creates or changes an object; its status is not touched.
     *
     * @return the object as it stands now
     * @throws ApiRequestException 409 or 422 if the body has a UID that is not the object's
     */
    public <T> T apply(ApplyBody body, Class<T> type) throws IOException {
        return requests.apply(ResourcePath.of(body.kind(), body.key()), fieldManager, body.toJson(), type);
    }

    /**
     * Changes the status of an object.
     *
     * @param body with {@code status}; the API server ignores the rest
     * @return the object as it stands now
     * @throws ApiRequestException not found if there is no such object
     */
    public <T> T applyStatus(ApplyBody body, Class<T> type) throws IOException {
        ResourcePath status = ResourcePath.of(body.kind(), body.key()).subresource("status");
        return requests.apply(status, fieldManager, body.toJson(), type);
    }
}
