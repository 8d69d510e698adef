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
 * Single requests about objects of any kind, read and written with {@link ToolkitJson}.
 *
 * <p>Each is one HTTP request without retries that ends within the time limit, also when the client has no read timeout
 * as informers want it. Thread-safe.
 */
public final class ApiRequests {

    private static final String JSON = "application/json";
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String APPLY = "application/apply-patch+yaml";

    private final CallFactory calls;
    private final CallExecution execution;

    /** @param timeout for a whole request, from connecting to the last byte of the answer */
    public ApiRequests(ApiClient client, Duration timeout) {
        this.calls = new CallFactory(client);
        this.execution = new CallExecution(timeout);
    }

    /**
     * Reads an object.
     *
     * @return empty when there is none, also because no object can have this name
     * @throws UnreadableObjectException if there is one that cannot be made into this type
     */
    public <T> Optional<T> get(ApiKind kind, ObjectKey key, Class<T> type) throws IOException {
        if (!isPossible(key)) {
            return Optional.empty();
        }
        Call call = calls.call("GET", ResourcePath.of(kind, key), Map.of(), null, JSON);
        return execution.orNotFound(call, "get " + kind.kind() + " " + key, type);
    }

    /**
     * Reads a list, or a page of one.
     *
     * @param namespace empty for all
     * @param query the API server's parameters, for example {@code labelSelector}
     */
    public <L> L list(ApiKind kind, String namespace, Map<String, String> query, Class<L> type) throws IOException {
        ResourcePath path = ResourcePath.of(kind, namespace);
        return execution.run(calls.call("GET", path, query, null, JSON), "list " + path.name(), type);
    }

    /**
     * Reads a list, or a page of one, object by object: one that cannot be read is told apart and spoils no other.
     *
     * @param namespace empty for all
     * @param query the API server's parameters, for example {@code limit} and {@code continue}
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
     * @param object with name and namespace; anything that {@link ToolkitJson} can write
     * @throws ApiRequestException a conflict when it exists
     */
    public <T> T create(ApiKind kind, ObjectKey key, Object object, Class<T> type) throws IOException {
        ResourcePath collection = ResourcePath.of(kind, key.namespace());
        Call call = calls.call("POST", collection, Map.of(), toJson(object), JSON);
        return execution.run(call, "create " + kind.kind() + " " + key, type);
    }

    /**
     * Replaces an object.
     *
     * @param object with the resource version that it was read at
     * @throws ApiRequestException a conflict when the object has changed since
     */
    public <T> T replace(ApiKind kind, ObjectKey key, Object object, Class<T> type) throws IOException {
        Call call = calls.call("PUT", ResourcePath.of(kind, key), Map.of(), toJson(object), JSON);
        return execution.run(call, "update " + kind.kind() + " " + key, type);
    }

    /**
     * Server-side apply with force: afterwards the manager owns exactly the fields of the body.
     *
     * @param path of an object, or of its status
     * @param body only what the manager wants to own; with metadata.uid it is applied to that very object or refused
     */
    public <T> T apply(ResourcePath path, String fieldManager, JsonObject body, Class<T> type) throws IOException {
        Map<String, String> query = Map.of("fieldManager", fieldManager, "force", "true");
        Call call = calls.call("PATCH", path, query, body.toString(), APPLY);
        return execution.run(call, "apply " + path.name(), type);
    }

    /**
     * Changes some fields of an object, or of its status; null removes a field, a list is replaced as a whole.
     *
     * @param path of an object, or of its status
     * @param body with metadata.resourceVersion it is refused when the object has changed since
     * @return the object as it stands now
     */
    public <T> T mergePatch(ResourcePath path, String fieldManager, JsonObject body, Class<T> type) throws IOException {
        Call call = calls.call("PATCH", path, Map.of("fieldManager", fieldManager), body.toString(), MERGE_PATCH);
        return execution.run(call, "patch " + path.name(), type);
    }

    /**
     * Deletes an object if it still is the one with this UID.
     *
     * @return false when there was none, or only another of the same name
     */
    public boolean delete(ApiKind kind, ObjectKey key, String uid) throws IOException {
        return delete(kind, key, uid, null);
    }

    /**
     * Deletes an object if it still is the one with this UID, in this version.
     *
     * @param resourceVersion null for any
     * @return false when there was none, or only another of the same name
     * @throws ApiRequestException a conflict when somebody has changed it meanwhile
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
