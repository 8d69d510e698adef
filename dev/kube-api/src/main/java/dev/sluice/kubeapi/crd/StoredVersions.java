package dev.sluice.kubeapi.crd;

import dev.sluice.kubeapi.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code status.storedVersions}: every version that was ever the one to store. */
final class StoredVersions {

    private StoredVersions() {}

    static void record(ObjectNode definition) {
        ObjectNode status = Json.objectAt(definition, "status");
        ArrayNode stored =
                status.get("storedVersions") instanceof ArrayNode list ? list : status.putArray("storedVersions");
        for (JsonNode version : Json.arrayAt(Json.objectAt(definition, "spec"), "versions")) {
            String name = Json.stringAt(version, "name");
            boolean known = stored.valueStream().anyMatch(v -> v.asString().equals(name));
            if (Json.booleanAt(version, "storage") && !known) {
                stored.add(name);
            }
        }
    }
}
