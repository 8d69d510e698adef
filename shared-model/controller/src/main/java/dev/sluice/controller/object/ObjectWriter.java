package dev.sluice.controller.object;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.ResourcePath;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.ToolkitObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes finalizers and statuses of objects by merge patch with the resource version that was read. Finalizers of others
 * are therefore kept, a status never reaches a recreated object of the same name, and a late request of a former leader
 * is rejected once the new leader has written. Objects that this returns have no managed fields. Thread-safe.
 *
 * @param <T> the type of the objects
 */
public final class ObjectWriter<T extends ToolkitObject<?, ?>> {

    /**
     * Limits the retries after conflicts, so that a client that constantly edits the object does not block a worker.
     */
    private static final int FURTHER_ATTEMPTS = 4;

    private final ApiRequests requests;
    private final ApiKind kind;
    private final Class<T> objectClass;
    private final String fieldManager;

    /**
     * Creates a writer.
     *
     * @param fieldManager name under which the API server records the changes
     */
    public ObjectWriter(ApiRequests requests, ApiType<T, ?> type, String fieldManager) {
        this.requests = requests;
        this.kind = type.kind();
        this.objectClass = type.objectClass();
        this.fieldManager = fieldManager;
    }

    /** Whether the object has this finalizer. */
    public static boolean hasFinalizer(ToolkitObject<?, ?> object, String finalizer) {
        return finalizersOf(object).contains(finalizer);
    }

    /**
     * Adds a finalizer; sends nothing if the object has it.
     *
     * @return the object with the finalizer
     * @throws ApiRequestException 409 if the object has changed since it was read; 404 if it is gone
     */
    public T addFinalizer(T object, String finalizer) throws IOException {
        if (hasFinalizer(object, finalizer)) {
            return object;
        }
        List<String> finalizers = finalizersOf(object);
        finalizers.add(finalizer);
        return patch(pathOf(object), finalizersPatch(object, finalizers));
    }

    /**
     * Removes a finalizer; sends nothing if the object does not have it. An object that is gone is not an error.
     *
     * @throws ApiRequestException 409 if the object has changed since it was read
     */
    public void removeFinalizer(T object, String finalizer) throws IOException {
        List<String> finalizers = finalizersOf(object);
        if (!finalizers.remove(finalizer)) {
            return;
        }
        try {
            patch(pathOf(object), finalizersPatch(object, finalizers));
        } catch (ApiRequestException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    /**
     * Changes the fields in which a new status differs from the present one, with one request; sends nothing if there are
     * none. If the object has changed since it was read, tries again with its newer version.
     *
     * @param status computes the new status, a record or JSON, from the object; called again for a newer version
     * @return the object afterwards; empty if it was deleted or recreated
     * @throws ApiRequestException if the API server refuses the status; 409 after five attempts
     */
    public Optional<T> patchStatus(T object, Function<? super T, ?> status) throws IOException {
        Optional<T> latest = Optional.of(object);
        for (int furtherAttempts = FURTHER_ATTEMPTS; latest.isPresent(); furtherAttempts--) {
            try {
                return Optional.of(patchStatusOfVersion(latest.get(), status));
            } catch (ApiRequestException e) {
                if (e.isNotFound()) {
                    return Optional.empty();
                }
                if (!e.isConflict() || furtherAttempts == 0) {
                    throw e;
                }
                latest = newerVersion(object);
            }
        }
        return latest;
    }

    private Optional<T> newerVersion(T object) throws IOException {
        String uid = object.metadata().getUid();
        return requests.get(kind, object.key(), objectClass)
                .filter(now -> Objects.equals(now.metadata().getUid(), uid));
    }

    private T patchStatusOfVersion(T object, Function<? super T, ?> status) throws IOException {
        JsonObject changed = changedFields(json(object.status()), json(status.apply(object)));
        if (changed.isEmpty()) {
            return object;
        }
        JsonObject body = ofVersion(object, new JsonObject());
        body.add("status", changed);
        return patch(pathOf(object).subresource("status"), body);
    }

    private T patch(ResourcePath path, JsonObject body) throws IOException {
        T written = requests.mergePatch(path, fieldManager, body, objectClass);
        // large and unused; the object stays in memory
        written.metadata().setManagedFields(null);
        return written;
    }

    private ResourcePath pathOf(T object) {
        return ResourcePath.of(kind, object.key());
    }

    private static List<String> finalizersOf(ToolkitObject<?, ?> object) {
        List<String> finalizers = object.metadata().getFinalizers();
        return finalizers == null ? new ArrayList<>() : new ArrayList<>(finalizers);
    }

    private static JsonObject finalizersPatch(ToolkitObject<?, ?> object, List<String> finalizers) {
        JsonArray values = new JsonArray();
        finalizers.forEach(values::add);
        JsonObject metadata = new JsonObject();
        metadata.add("finalizers", values);
        return ofVersion(object, metadata);
    }

    private static JsonObject ofVersion(ToolkitObject<?, ?> object, JsonObject metadata) {
        metadata.addProperty("resourceVersion", object.metadata().getResourceVersion());
        JsonObject patch = new JsonObject();
        patch.add("metadata", metadata);
        return patch;
    }

    /** The changed fields of the new status; a removed field becomes null, as JSON merge patch requires. */
    private static JsonObject changedFields(JsonObject before, JsonObject after) {
        JsonObject changed = new JsonObject();
        for (var field : after.entrySet()) {
            JsonElement oldValue = before.get(field.getKey());
            if (!field.getValue().equals(oldValue)) {
                changed.add(field.getKey(), field.getValue());
            }
        }
        before.keySet().stream().filter(name -> !after.has(name)).forEach(name -> changed.add(name, JsonNull.INSTANCE));
        return changed;
    }

    private static JsonObject json(@Nullable Object status) {
        return status == null
                ? new JsonObject()
                : ToolkitJson.gson().toJsonTree(status).getAsJsonObject();
    }
}
