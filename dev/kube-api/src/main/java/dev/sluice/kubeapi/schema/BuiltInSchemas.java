package dev.sluice.kubeapi.schema;

import dev.sluice.kubeapi.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The table of built-in types beside this class: which fields there are, of what type, and how they merge. */
final class BuiltInSchemas {

    private static final ObjectNode TABLE = Json.resource(BuiltInSchemas.class, "built-in-types.json");

    private BuiltInSchemas() {}

    /** A copy of the type with all that it refers to, such as {@code v1/Secret}. */
    static ObjectNode named(String name) {
        if (!(TABLE.get(name) instanceof ObjectNode type)) {
            throw new IllegalArgumentException("no built-in type \"" + name + "\"");
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
