package dev.sluice.kubeapi.builtin;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.patch.TypeSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The table of built-in types: which fields there are, and of what type. */
public final class DeclaredTypes {

    private static final ObjectNode TABLE = Json.resource(TypeSchema.class, "built-in-types.json");

    private DeclaredTypes() {}

    /** A type by its name, such as {@code v1/Secret}; shared, not to be changed. */
    static JsonNode named(String name) {
        return TABLE.path(name);
    }

    /** The type itself where {@code type} refers to a named one. */
    static JsonNode resolved(JsonNode type) {
        String reference = Json.stringAt(type, "$ref");
        return reference.isEmpty() ? type : named(reference);
    }

    /** A copy of the whole table, for those who publish it. */
    public static ObjectNode table() {
        return TABLE.deepCopy();
    }
}
