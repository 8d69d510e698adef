package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.patch.TypeSchema.ListType;
import dev.sluice.kubeapi.patch.TypeSchema.MapType;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes paths out of an object. What is left empty by it becomes a JSON null, as on the real server. */
final class TypedRemoval {

    private TypedRemoval() {}

    static JsonNode remove(JsonNode value, TypeSchema declared, FieldSet paths) throws TypeMismatchException {
        TypeSchema type = declared.narrowedTo(value);
        MapType map = type.map();
        ListType list = type.list();
        if (map != null) {
            return fromMap(value, map, paths);
        }
        return type.scalar() == null && list != null ? fromList(value, list, paths) : value;
    }

    private static JsonNode fromMap(JsonNode value, MapType type, FieldSet paths) throws TypeMismatchException {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        if (!type.atomic()) {
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                PathElement element = new PathElement.Field(field.getKey());
                if (!paths.hasMember(element)) {
                    FieldSet below = paths.below(element);
                    TypeSchema fieldType = TypeSchema.fieldOf(type, field.getKey());
                    kept.set(
                            field.getKey(),
                            below.isEmpty() || fieldType == null
                                    ? field.getValue()
                                    : remove(field.getValue(), fieldType, below));
                }
            }
        }
        return kept.isEmpty() ? NullNode.instance : kept;
    }

    private static JsonNode fromList(JsonNode value, ListType type, FieldSet paths) throws TypeMismatchException {
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        if (type.associative()) {
            for (JsonNode item : value) {
                PathElement element = ListItems.elementOf(type, item);
                if (!paths.hasMember(element)) {
                    FieldSet below = paths.below(element);
                    kept.add(below.isEmpty() ? item : remove(item, type.items(), below));
                }
            }
        }
        return kept.isEmpty() ? NullNode.instance : kept;
    }
}
