package dev.sluice.kubeapi.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sets defaults. A null where none is allowed counts as absent. */
public final class Defaults {

    private Defaults() {}

    /** Modifies the tree. */
    public static void set(JsonNode value, @Nullable SchemaNode schema) {
        if (schema == null) {
            return;
        }
        if (value instanceof ObjectNode object) {
            dropNulls(object, schema);
            schema.properties().forEach((name, field) -> {
                JsonNode defaultValue = field.defaultValue();
                if (defaultValue != null && !object.has(name)) {
                    object.set(name, defaultValue.deepCopy());
                }
            });
            object.properties().forEach(field -> set(field.getValue(), schema.field(field.getKey())));
        } else if (value.isArray()) {
            value.forEach(item -> set(item, schema.items()));
        }
    }

    private static void dropNulls(ObjectNode object, SchemaNode schema) {
        for (String name : List.copyOf(object.propertyNames())) {
            SchemaNode field = schema.field(name);
            if (object.path(name).isNull() && field != null && !field.nullable()) {
                object.remove(name);
            }
        }
    }
}
