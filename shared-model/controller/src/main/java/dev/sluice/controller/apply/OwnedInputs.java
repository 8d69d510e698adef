package dev.sluice.controller.apply;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.meta.JsonValue;
import io.kubernetes.client.openapi.models.V1ManagedFieldsEntry;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The fields of {@code status.exportedInputs} that a field manager owns according to {@code metadata.managedFields}. */
public final class OwnedInputs {

    private static final Gson GSON = ToolkitJson.gson();

    private final JsonObject fields;

    private OwnedInputs(JsonObject fields) {
        this.fields = fields;
    }

    /** Returns the fields that the manager owns by server-side apply of the status; none if it never applied one. */
    public static OwnedInputs of(V1ObjectMeta metadata, String fieldManager) {
        List<V1ManagedFieldsEntry> entries = Objects.requireNonNullElse(metadata.getManagedFields(), List.of());
        return entries.stream()
                .filter(entry -> OwnedArtifact.isApplied(entry, fieldManager))
                .map(entry -> object(object(GSON.toJsonTree(entry.getFieldsV1()), "f:status"), "f:exportedInputs"))
                .findFirst()
                .map(OwnedInputs::new)
                .orElseGet(() -> new OwnedInputs(new JsonObject()));
    }

    /** Whether the manager owns every value: a value that another manager has written since is not owned. */
    public boolean covers(Map<String, JsonValue> inputs) {
        return inputs.entrySet().stream()
                .allMatch(entry ->
                        covers(fields.get("f:" + entry.getKey()), GSON.toJsonTree(entry.getValue(), JsonValue.class)));
    }

    /** Lists are owned as a whole; maps key by key. */
    private static boolean covers(@Nullable JsonElement owned, JsonElement value) {
        if (owned == null) {
            return value.isJsonNull();
        }
        return !value.isJsonObject()
                || value.getAsJsonObject().entrySet().stream()
                        .allMatch(inner -> covers(object(owned).get("f:" + inner.getKey()), inner.getValue()));
    }

    private static JsonObject object(JsonElement parent, String field) {
        JsonElement value = object(parent).get(field);
        return value == null ? new JsonObject() : object(value);
    }

    private static JsonObject object(JsonElement element) {
        return element instanceof JsonObject object ? object : new JsonObject();
    }
}
