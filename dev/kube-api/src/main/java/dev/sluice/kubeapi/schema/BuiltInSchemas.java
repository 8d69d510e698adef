package dev.sluice.kubeapi.schema;

import dev.sluice.kubeapi.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The schemas of built-in types, from a table in the same directory: fields, types and merge strategies. */
final class BuiltInSchemas {

    private static final ObjectNode TABLE = Json.resource(BuiltInSchemas.class, "built-in-types.json");

    private BuiltInSchemas() {}

    /** Returns a copy of a type, such as {@code v1/Secret}, with all its references resolved. */
    static ObjectNode named(String name) {
        if (!(TABLE.get(name) instanceof ObjectNode type)) {
            throw new IllegalArgumentException("unknown built-in type \"" + name + "\"");
        }
        return (ObjectNode) resolved(type);
    }

    private static JsonNode resolved(JsonNode node) {
        String reference = Json.stringAt(node, "$ref");
        JsonNode copy = reference.isEmpty() ? node.deepCopy() : named(reference);
        if (copy instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(resolved(field.getValue())));
        }
        return copy;
    }
}
