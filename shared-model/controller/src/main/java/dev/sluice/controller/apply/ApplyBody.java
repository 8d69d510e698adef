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
 * What a field manager wants an object to hold. Only what is set is in it: an empty list or map would be applied as
 * such. That is why it is not made from a {@code V1ObjectMeta}, which always holds some. Immutable.
 */
public final class ApplyBody {

    private final ApiKind kind;
    private final ObjectKey key;
    private final JsonObject json;

    private ApplyBody(ApiKind kind, ObjectKey key, JsonObject json) {
        this.kind = kind;
        this.key = key;
        this.json = json;
    }

    /** A body that names its object and says nothing else. */
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

    /** The body is for the object with this UID only: any other, and none at all, is refused (409 or 422). */
    public ApplyBody withUid(String uid) {
        ApplyBody copy = copy();
        copy.metadata().addProperty("uid", uid);
        return copy;
    }

    /**
     * The body is for this version of the object only: any other is refused (409). Of a status the API server looks at
     * no UID, so that this alone tells an object from another that took its name.
     */
    public ApplyBody withResourceVersion(String resourceVersion) {
        ApplyBody copy = copy();
        copy.metadata().addProperty("resourceVersion", resourceVersion);
        return copy;
    }

    /** The labels to own; nothing when there are none. */
    public ApplyBody withLabels(Map<String, String> labels) {
        return withEntries("labels", labels);
    }

    /** The annotations to own; nothing when there are none. */
    public ApplyBody withAnnotations(Map<String, String> annotations) {
        return withEntries("annotations", annotations);
    }

    /** The finalizers to own; nothing when there are none. */
    public ApplyBody withFinalizers(List<String> finalizers) {
        ApplyBody copy = copy();
        if (!finalizers.isEmpty()) {
            copy.metadata().add("finalizers", ToolkitJson.gson().toJsonTree(finalizers));
        }
        return copy;
    }

    /** The owners to own; nothing when there are none. */
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
     * A field at the top, such as {@code spec} or {@code status}.
     *
     * @param value a record of the toolkit, or anything else that {@link ToolkitJson} writes without what is not set
     */
    public ApplyBody with(String field, Object value) {
        ApplyBody copy = copy();
        copy.json.add(field, ToolkitJson.gson().toJsonTree(value));
        return copy;
    }

    /** A copy of the JSON. */
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
