package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.schema.SchemaNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Merges a configuration into an object, and removes paths from an object. */
final class TypedMerge {

    private TypedMerge() {}

    /** Applied values override live ones, other live values are kept; new list items are appended. */
    static JsonNode merge(@Nullable JsonNode live, JsonNode applied, @Nullable SchemaNode type) {
        return switch (Shape.of(applied, type)) {
            case FIELDS -> mergeFields(live, applied, type);
            case ITEMS -> live == null || !live.isArray() || type == null ? applied : mergeItems(live, applied, type);
            case ONE_VALUE -> applied;
        };
    }

    /** Sorts field names, as the real server does. */
    private static ObjectNode mergeFields(@Nullable JsonNode live, JsonNode applied, @Nullable SchemaNode type) {
        Map<String, JsonNode> merged = new TreeMap<>();
        if (live instanceof ObjectNode object) {
            object.properties().forEach(field -> merged.put(field.getKey(), field.getValue()));
        }
        for (Map.Entry<String, JsonNode> field : applied.properties()) {
            String name = field.getKey();
            merged.put(name, merge(merged.get(name), field.getValue(), Shape.field(type, name)));
        }
        ObjectNode object = Json.object();
        merged.forEach(object::set);
        return object;
    }

    private static ArrayNode mergeItems(JsonNode live, JsonNode applied, SchemaNode type) {
        Map<PathElement, JsonNode> merged = new LinkedHashMap<>();
        live.forEach(item -> merged.put(PathElement.item(item, type), item));
        applied.forEach(item ->
                merged.compute(PathElement.item(item, type), (element, present) -> merge(present, item, type.items())));
        ArrayNode list = Json.array();
        merged.values().forEach(list::add);
        return list;
    }

    /** Removes paths. An emptied value becomes null; the server drops nulls that are not allowed. */
    static JsonNode remove(JsonNode value, FieldSet paths, @Nullable SchemaNode type) {
        return switch (Shape.of(value, type)) {
            case FIELDS -> removeFields(value, paths, type);
            case ITEMS -> removeItems(value, paths, type);
            case ONE_VALUE -> value;
        };
    }

    private static JsonNode removeFields(JsonNode value, FieldSet paths, @Nullable SchemaNode type) {
        ObjectNode kept = Json.object();
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            PathElement element = PathElement.field(field.getKey());
            if (!paths.hasMember(element)) {
                FieldSet below = paths.below(element);
                SchemaNode child = Shape.field(type, field.getKey());
                kept.set(field.getKey(), below.isEmpty() ? field.getValue() : remove(field.getValue(), below, child));
            }
        }
        return kept.isEmpty() ? NullNode.instance : kept;
    }

    private static JsonNode removeItems(JsonNode value, FieldSet paths, @Nullable SchemaNode type) {
        ArrayNode kept = Json.array();
        for (JsonNode item : value) {
            PathElement element = PathElement.item(item, Objects.requireNonNull(type));
            if (!paths.hasMember(element)) {
                FieldSet below = paths.below(element);
                kept.add(below.isEmpty() ? item : remove(item, below, type.items()));
            }
        }
        return kept.isEmpty() ? NullNode.instance : kept;
    }
}
