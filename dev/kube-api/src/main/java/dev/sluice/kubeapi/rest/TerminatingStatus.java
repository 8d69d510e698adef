package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.resource.Endpoint;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Namespaces and definitions say in their status that they are going. */
final class TerminatingStatus {

    static final String DEFINITIONS = "customresourcedefinitions.apiextensions.k8s.io";
    static final String DEFINITION_FINALIZER = "customresourcecleanup.apiextensions.k8s.io";

    private TerminatingStatus() {}

    static void show(Endpoint endpoint, ObjectNode marked, String now) {
        if (endpoint.storageName().equals("namespaces")) {
            status(marked).put("phase", "Terminating");
        } else if (endpoint.storageName().equals(DEFINITIONS)) {
            ObjectNode status = status(marked);
            ArrayNode conditions = Json.arrayAt(status, "conditions");
            boolean shown = conditions
                    .valueStream()
                    .anyMatch(c -> Json.stringAt(c, "type").equals("Terminating"));
            if (!shown) {
                status.set("conditions", conditions);
                conditions.add(
                        Json.object()
                                .put("type", "Terminating")
                                .put("status", "True")
                                .put("lastTransitionTime", now)
                                .put("reason", "InstanceDeletionPending")
                                .put(
                                        "message",
                                        "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon"));
            }
        }
    }

    private static ObjectNode status(ObjectNode object) {
        return object.get("status") instanceof ObjectNode present ? present : object.putObject("status");
    }
}
