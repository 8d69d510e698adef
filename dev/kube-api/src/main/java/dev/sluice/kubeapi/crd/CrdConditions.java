package dev.sluice.kubeapi.crd;

import dev.sluice.kubeapi.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The conditions of a CRD. */
record CrdConditions(ObjectNode object, String now) {

    /** Sets a condition to True; updates its transition time only if the status changes. */
    void set(String type, String reason, String message) {
        ObjectNode condition = condition(type);
        if (!Json.stringAt(condition, "status").equals("True")) {
            condition.put("lastTransitionTime", now);
        }
        condition.put("message", message).put("reason", reason).put("status", "True");
    }

    private ObjectNode condition(String type) {
        ObjectNode status = object.get("status") instanceof ObjectNode present ? present : object.putObject("status");
        ArrayNode conditions =
                status.get("conditions") instanceof ArrayNode list ? list : status.putArray("conditions");
        for (JsonNode condition : conditions) {
            if (Json.stringAt(condition, "type").equals(type) && condition instanceof ObjectNode found) {
                return found;
            }
        }
        return conditions.addObject().put("type", type);
    }
}
