package dev.sluice.controller.apply;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.sluice.toolkit.json.ToolkitJson;
import io.kubernetes.client.openapi.models.V1ManagedFieldsEntry;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The labels, annotations and owner references that a field manager owns according to {@code metadata.managedFields}.
 *
 * @param labels label keys
 * @param annotations annotation keys
 * @param ownerReferences number of owner references
 */
public record OwnedMetadata(Set<String> labels, Set<String> annotations, int ownerReferences) {

    private static final Gson GSON = ToolkitJson.gson();

    public OwnedMetadata {
        labels = Set.copyOf(labels);
        annotations = Set.copyOf(annotations);
    }

    /** Returns what the manager owns by server-side apply of the object itself; nothing if it never applied it. */
    public static OwnedMetadata of(V1ObjectMeta metadata, String fieldManager) {
        List<V1ManagedFieldsEntry> entries = Objects.requireNonNullElse(metadata.getManagedFields(), List.of());
        return entries.stream()
                .filter(entry -> isApplied(entry, fieldManager))
                .map(entry -> object(GSON.toJsonTree(entry.getFieldsV1()), "f:metadata"))
                .map(fields -> new OwnedMetadata(
                        keys(fields, "f:labels"),
                        keys(fields, "f:annotations"),
                        keys(fields, "f:ownerReferences", "k:").size()))
                .findFirst()
                .orElseGet(() -> new OwnedMetadata(Set.of(), Set.of(), 0));
    }

    /** Whether the entry records a server-side apply of the object itself, not of a subresource, by this manager. */
    public static boolean isApplied(V1ManagedFieldsEntry entry, String fieldManager) {
        return fieldManager.equals(entry.getManager())
                && "Apply".equals(entry.getOperation())
                && (entry.getSubresource() == null || entry.getSubresource().isEmpty());
    }

    private static Set<String> keys(JsonObject fields, String field) {
        return keys(fields, field, "f:");
    }

    /**
     * In managed fields, {@code f:} prefixes field names, {@code k:} keys of list elements; {@code .} is the field
     * itself.
     */
    private static Set<String> keys(JsonObject fields, String field, String prefix) {
        return object(fields, field).keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static JsonObject object(JsonElement parent, String field) {
        JsonElement value = parent instanceof JsonObject object ? object.get(field) : null;
        return value instanceof JsonObject object ? object : new JsonObject();
    }
}
