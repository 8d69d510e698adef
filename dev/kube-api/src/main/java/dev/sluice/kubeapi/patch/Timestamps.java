package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Discards writes that change only the times in managedFields. */
final class Timestamps {

    private Timestamps() {}

    static ObjectNode keptIfUnchanged(JsonNode live, ObjectNode result) {
        JsonNode stored = Managed.in(live);
        if (stored.isArray() && Json.equal(withoutTimes(live), withoutTimes(result))) {
            ((ObjectNode) result.path("metadata")).set("managedFields", stored.deepCopy());
        }
        return result;
    }

    private static JsonNode withoutTimes(JsonNode object) {
        JsonNode copy = object.deepCopy();
        for (JsonNode entry : Managed.in(copy)) {
            if (entry instanceof ObjectNode fields) {
                fields.remove("time");
            }
        }
        return copy;
    }
}
