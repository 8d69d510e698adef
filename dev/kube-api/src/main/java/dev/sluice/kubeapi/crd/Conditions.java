package dev.sluice.kubeapi.crd;

import dev.sluice.kubeapi.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The conditions in an object's status. */
record Conditions(ObjectNode object, String now) {

    static boolean isTrue(JsonNode object, String type) {
        for (JsonNode condition : Json.arrayAt(Json.objectAt(object, "status"), "conditions")) {
            if (Json.stringAt(condition, "type").equals(type)) {
                return Json.stringAt(condition, "status").equals("True");
            }
        }
        return false;
    }

    /** Sets a condition; its transition time moves only when its status does. */
    void set(String type, boolean value, String reason, String message) {
        ObjectNode condition = condition(type);
        String status = value ? "True" : "False";
        if (!Json.stringAt(condition, "status").equals(status)) {
            condition.put("lastTransitionTime", now);
        }
        condition.put("message", message).put("reason", reason).put("status", status);
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
