package dev.sluice.kubeapi.schema;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Sets what an object leaves open. A null where none is allowed counts as left open, or goes. */
final class Defaults {

    private Defaults() {}

    /** Changes the tree. */
    static void dropNulls(JsonNode value, @Nullable SchemaNode schema) {
        if (value instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                SchemaNode field = schema == null ? null : schema.field(name);
                JsonNode child = object.path(name);
                if (child.isNull() && field != null && !field.nullable() && field.defaultValue() == null) {
                    object.remove(name);
                } else {
                    dropNulls(child, field);
                }
            }
        } else if (value.isArray()) {
            value.forEach(item -> dropNulls(item, schema == null ? null : schema.items()));
        }
    }

    /** Changes the tree. */
    static void set(JsonNode value, SchemaNode schema) {
        if (value instanceof ObjectNode object) {
            for (Map.Entry<String, SchemaNode> property : schema.properties().entrySet()) {
                JsonNode defaultValue = property.getValue().defaultValue();
                if (defaultValue != null
                        && (!object.has(property.getKey())
                                || isOpen(object.path(property.getKey()), property.getValue()))) {
                    object.set(property.getKey(), defaultValue.deepCopy());
                }
            }
            setBelow(object, schema);
        } else if (value instanceof ArrayNode list && schema.items() != null) {
            setItems(list, schema.items());
        }
    }

    private static boolean isOpen(JsonNode value, SchemaNode schema) {
        return value.isNull() && !schema.nullable();
    }

    private static void setBelow(ObjectNode object, SchemaNode schema) {
        for (String name : List.copyOf(object.propertyNames())) {
            SchemaNode field = schema.field(name);
            if (field != null) {
                JsonNode defaultValue = field.defaultValue();
                if (defaultValue != null && isOpen(object.path(name), field)) {
                    object.set(name, defaultValue.deepCopy());
                }
                set(object.path(name), field);
            }
        }
    }

    private static void setItems(ArrayNode list, SchemaNode items) {
        for (int i = 0; i < list.size(); i++) {
            JsonNode defaultValue = items.defaultValue();
            if (defaultValue != null && isOpen(list.path(i), items)) {
                list.set(i, defaultValue.deepCopy());
            }
            set(list.path(i), items);
        }
    }
}
