package dev.sluice.kubeapi.crd;

import dev.sluice.kubeapi.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The conditions in an object's status. */
record CrdConditions(ObjectNode object, String now) {

    /** Makes a condition true; its transition time moves only when its status does. */
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
