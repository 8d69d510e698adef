package dev.sluice.controller.apply;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.toolkit.json.ToolkitJson;
import io.kubernetes.client.openapi.models.V1ManagedFieldsEntry;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The fields of {@code status.artifact} that a field manager owns according to {@code metadata.managedFields}. A field
 * that another manager has changed since is not included.
 *
 * @param fields names of the artifact's fields; entries of the metadata are {@code metadata.KEY}
 */
public record OwnedArtifact(Set<String> fields) {

    private static final Gson GSON = ToolkitJson.gson();
    private static final String METADATA = "metadata";

    public OwnedArtifact {
        fields = Set.copyOf(fields);
    }

    /** Returns the fields that the manager owns by server-side apply of the status; none if it never applied one. */
    public static OwnedArtifact of(V1ObjectMeta metadata, String fieldManager) {
        List<V1ManagedFieldsEntry> entries = Objects.requireNonNullElse(metadata.getManagedFields(), List.of());
        return entries.stream()
                .filter(entry -> isApplied(entry, fieldManager))
                .map(entry -> object(GSON.toJsonTree(entry.getFieldsV1()), "f:status"))
                .map(status -> new OwnedArtifact(names(object(status, "f:artifact"))))
                .findFirst()
                .orElseGet(() -> new OwnedArtifact(Set.of()));
    }

    /** Whether the entry records a server-side apply of the status by this manager. */
    public static boolean isApplied(V1ManagedFieldsEntry entry, String fieldManager) {
        return fieldManager.equals(entry.getManager())
                && "Apply".equals(entry.getOperation())
                && "status".equals(entry.getSubresource());
    }

    /** Whether the manager owns every field that is set in the artifact. */
    public boolean covers(Artifact artifact) {
        return fields.containsAll(names(GSON.toJsonTree(artifact)));
    }

    private static Set<String> names(JsonElement artifact) {
        Set<String> names = new HashSet<>();
        for (String key : object(artifact).keySet()) {
            String name = plain(key);
            if (name.equals(METADATA)) {
                object(artifact, key).keySet().forEach(inner -> names.add(METADATA + "." + plain(inner)));
            } else {
                names.add(name);
            }
        }
        return names;
    }

    private static String plain(String key) {
        return key.startsWith("f:") ? key.substring(2) : key;
    }

    private static JsonObject object(JsonElement parent, String field) {
        JsonElement value = object(parent).get(field);
        return value == null ? new JsonObject() : object(value);
    }

    private static JsonObject object(JsonElement element) {
        return element instanceof JsonObject object ? object : new JsonObject();
    }
}
