package dev.sluice.controller.request;

import com.google.gson.JsonObject;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/**
 * Requests to the Kubernetes API for objects of any kind, with JSON by {@link ToolkitJson}.
 *
 * <p>Each method sends one HTTP request without retries. The time limit applies even if the client has no read timeout,
 * as informers require. Thread-safe.
 */
public final class ApiRequests {

    private static final String JSON = "application/json";
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String APPLY = "application/apply-patch+yaml";

    private final CallFactory calls;
    private final CallExecution execution;

    /**
     * Creates requests.
     *
     * @param timeout limit for a whole request, from connecting to the last byte of the response
     */
    public ApiRequests(ApiClient client, Duration timeout) {
        this.calls = new CallFactory(client);
        this.execution = new CallExecution(timeout);
    }

    /**
     * Reads an object.
     *
     * @return empty if there is none, or if the name is not a valid object name
     * @throws UnreadableObjectException if the object cannot be converted into the type
     */
    public <T> Optional<T> get(ApiKind kind, ObjectKey key, Class<T> type) throws IOException {
        if (!isPossible(key)) {
            return Optional.empty();
        }
        Call call = calls.call("GET", ResourcePath.of(kind, key), Map.of(), null, JSON);
        return execution.orNotFound(call, "get " + kind.kind() + " " + key, type);
    }

    /**
     * Reads what a path has, such as the resources of an API version.
     *
     * @return empty if it has nothing
     */
    public <T> Optional<T> get(ResourcePath path, Class<T> type) throws IOException {
        Call call = calls.call("GET", path, Map.of(), null, JSON);
        return execution.orNotFound(call, "get " + path.name(), type);
    }

    /**
     * Reads a list, or one page of it.
     *
     * @param namespace empty for all namespaces
     * @param query query parameters, for example {@code labelSelector}
     */
    public <L> L list(ApiKind kind, String namespace, Map<String, String> query, Class<L> type) throws IOException {
        ResourcePath path = ResourcePath.of(kind, namespace);
        return execution.run(calls.call("GET", path, query, null, JSON), "list " + path.name(), type);
    }

    /**
     * Reads a list, or one page of it, and decodes each object separately: an unreadable object is reported and does
     * not fail the others.
     *
     * @param namespace empty for all namespaces
     * @param query query parameters, for example {@code limit} and {@code continue}
     */
    public <T extends KubernetesObject> ListPage<T> page(
            ApiKind kind, String namespace, Map<String, String> query, ObjectDecoder<T> decoder) throws IOException {
        ResourcePath path = ResourcePath.of(kind, namespace);
        Call call = calls.call("GET", path, query, null, JSON);
        return execution.run(
                call, "list " + path.name(), body -> new ListPageReader<>(decoder).read(body.byteStream()));
    }

    /**
     * Creates an object.
     *
     * @param object the object with name and namespace, of any type that {@link ToolkitJson} can write
     * @throws ApiRequestException 409 if it already exists
     */
    public <T> T create(ApiKind kind, ObjectKey key, Object object, Class<T> type) throws IOException {
        ResourcePath collection = ResourcePath.of(kind, key.namespace());
        Call call = calls.call("POST", collection, Map.of(), toJson(object), JSON);
        return execution.run(call, "create " + kind.kind() + " " + key, type);
    }

    /**
     * Replaces an object.
     *
     * @param object the object with the resource version at which it was read
     * @throws ApiRequestException 409 if the object has changed since
     */
    public <T> T replace(ApiKind kind, ObjectKey key, Object object, Class<T> type) throws IOException {
        Call call = calls.call("PUT", ResourcePath.of(kind, key), Map.of(), toJson(object), JSON);
        return execution.run(call, "update " + kind.kind() + " " + key, type);
    }

    /**
     * Applies fields by server-side apply with force. Afterwards the manager owns exactly the fields of the body.
     *
     * @param path path of an object or of its status
     * @param body the fields to own; if it contains metadata.uid, the API server refuses any other object
     */
    public <T> T apply(ResourcePath path, String fieldManager, JsonObject body, Class<T> type) throws IOException {
        Map<String, String> query = Map.of("fieldManager", fieldManager, "force", "true");
        Call call = calls.call("PATCH", path, query, body.toString(), APPLY);
        return execution.run(call, "apply " + path.name(), type);
    }

    /**
     * Checks whether the API server would accept {@link #apply}, and changes nothing.
     *
     * @return the object as it would be after the change
     */
    public <T> T tryApply(ResourcePath path, String fieldManager, JsonObject body, Class<T> type) throws IOException {
        Map<String, String> query = Map.of("fieldManager", fieldManager, "force", "true", "dryRun", "All");
        Call call = calls.call("PATCH", path, query, body.toString(), APPLY);
        return execution.run(call, "apply " + path.name(), type);
    }

    /**
     * Changes fields of an object or of its status by JSON merge patch: null removes a field, a list is replaced as a
     * whole.
     *
     * @param path path of an object or of its status
     * @param body the changes; with metadata.resourceVersion, the request fails if the object has changed since
     * @return the object after the change
     */
    public <T> T mergePatch(ResourcePath path, String fieldManager, JsonObject body, Class<T> type) throws IOException {
        Call call = calls.call("PATCH", path, Map.of("fieldManager", fieldManager), body.toString(), MERGE_PATCH);
        return execution.run(call, "patch " + path.name(), type);
    }

    /**
     * Deletes an object if it still has this UID.
     *
     * @return false if there was no such object, or only another of the same name
     */
    public boolean delete(ApiKind kind, ObjectKey key, String uid) throws IOException {
        return delete(kind, key, uid, null);
    }

    /**
     * Deletes an object if it still has this UID and resource version.
     *
     * @param resourceVersion null for any
     * @return false if there was no such object, or only another of the same name
     * @throws ApiRequestException 409 if the object has changed
     */
    public boolean delete(ApiKind kind, ObjectKey key, String uid, @Nullable String resourceVersion)
            throws IOException {
        if (!isPossible(key)) {
            return false;
        }
        JsonObject preconditions = new JsonObject();
        preconditions.addProperty("uid", uid);
        if (resourceVersion != null) {
            preconditions.addProperty("resourceVersion", resourceVersion);
        }
        JsonObject options = new JsonObject();
        options.addProperty("apiVersion", "v1");
        options.addProperty("kind", "DeleteOptions");
        options.add("preconditions", preconditions);
        Call call = calls.call("DELETE", ResourcePath.of(kind, key), Map.of(), options.toString(), JSON);
        try {
            execution.run(call, "delete " + kind.kind() + " " + key, JsonObject.class);
            return true;
        } catch (ApiRequestException e) {
            if (e.isNotFound() || (e.isConflict() && isAnother(kind, key, uid))) {
                return false;
            }
            throw e;
        }
    }

    private boolean isAnother(ApiKind kind, ObjectKey key, String uid) throws IOException {
        return get(kind, key, JsonObject.class)
                .filter(object ->
                        uid.equals(object.getAsJsonObject("metadata").get("uid").getAsString()))
                .isEmpty();
    }

    private static boolean isPossible(ObjectKey key) {
        return ResourcePath.isSegment(key.name())
                && (key.namespace().isEmpty() || ResourcePath.isSegment(key.namespace()));
    }

    private static String toJson(Object object) {
        return ToolkitJson.gson().toJson(object);
    }
}
