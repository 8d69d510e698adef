package dev.sluice.controller.apply;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import java.util.List;
import java.util.Map;

/**
 * The body of a server-side apply request: the fields that a field manager wants to own. It holds only the fields that
 * were set, because the API server applies an empty list or map as such; a {@code V1ObjectMeta} would always contain
 * some. Immutable.
 */
public final class ApplyBody {

    /** No object has this version, so the API server creates the object or refuses the request. */
    private static final String VERSION_OF_NONE = "1";

    private final ApiKind kind;
    private final ObjectKey key;
    private final JsonObject json;

    private ApplyBody(ApiKind kind, ObjectKey key, JsonObject json) {
        this.kind = kind;
        this.key = key;
        this.json = json;
    }

    /** Returns a body that only identifies its object. */
    public static ApplyBody of(ApiKind kind, ObjectKey key) {
        JsonObject metadata = new JsonObject();
        metadata.addProperty("name", key.name());
        if (!key.namespace().isEmpty()) {
            metadata.addProperty("namespace", key.namespace());
        }
        JsonObject json = new JsonObject();
        json.addProperty("apiVersion", kind.apiVersion());
        json.addProperty("kind", kind.kind());
        json.add("metadata", metadata);
        return new ApplyBody(kind, key, json);
    }

    /**
     * Restricts the body to the object with this UID. The API server refuses any other object, and a missing one, with
     * 409 or 422.
     */
    public ApplyBody withUid(String uid) {
        ApplyBody copy = copy();
        copy.metadata().addProperty("uid", uid);
        return copy;
    }

    /**
     * Restricts the body to this version of the object; the API server refuses any other with 409. For a status this is
     * the only way to detect an object that was recreated under the same name, because the API server ignores the UID
     * there.
     */
    public ApplyBody withResourceVersion(String resourceVersion) {
        ApplyBody copy = copy();
        copy.metadata().addProperty("resourceVersion", resourceVersion);
        return copy;
    }

    /** Restricts the body to the creation of the object; the API server refuses an existing one with 409. */
    public ApplyBody onlyIfAbsent() {
        return withResourceVersion(VERSION_OF_NONE);
    }

    /** Sets the labels to own. An empty map adds nothing. */
    public ApplyBody withLabels(Map<String, String> labels) {
        return withEntries("labels", labels);
    }

    /** Sets the annotations to own. An empty map adds nothing. */
    public ApplyBody withAnnotations(Map<String, String> annotations) {
        return withEntries("annotations", annotations);
    }

    /** Sets the finalizers to own. An empty list adds nothing. */
    public ApplyBody withFinalizers(List<String> finalizers) {
        ApplyBody copy = copy();
        if (!finalizers.isEmpty()) {
            copy.metadata().add("finalizers", ToolkitJson.gson().toJsonTree(finalizers));
        }
        return copy;
    }

    /** Sets the owner references to own. An empty list adds nothing. */
    public ApplyBody withOwnerReferences(List<V1OwnerReference> owners) {
        ApplyBody copy = copy();
        if (!owners.isEmpty()) {
            JsonArray references = new JsonArray();
            owners.forEach(owner -> references.add(ToolkitJson.gson().toJsonTree(owner)));
            copy.metadata().add("ownerReferences", references);
        }
        return copy;
    }

    /**
     * Sets a top-level field, such as {@code spec} or {@code status}.
     *
     * @param value a toolkit record, or any object whose unset fields {@link ToolkitJson} omits
     */
    public ApplyBody with(String field, Object value) {
        ApplyBody copy = copy();
        copy.json.add(field, ToolkitJson.gson().toJsonTree(value));
        return copy;
    }

    /** Returns a copy of the JSON. */
    public JsonObject toJson() {
        return json.deepCopy();
    }

    ApiKind kind() {
        return kind;
    }

    ObjectKey key() {
        return key;
    }

    @Override
    public String toString() {
        return json.toString();
    }

    private ApplyBody withEntries(String field, Map<String, String> entries) {
        ApplyBody copy = copy();
        if (!entries.isEmpty()) {
            copy.metadata().add(field, ToolkitJson.gson().toJsonTree(entries));
        }
        return copy;
    }

    private ApplyBody copy() {
        return new ApplyBody(kind, key, json.deepCopy());
    }

    private JsonObject metadata() {
        return json.getAsJsonObject("metadata");
    }
}
