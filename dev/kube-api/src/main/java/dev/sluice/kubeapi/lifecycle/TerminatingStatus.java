package dev.sluice.kubeapi.lifecycle;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reports the deletion of namespaces and CRDs in their status. */
final class TerminatingStatus {

    private TerminatingStatus() {}

    static void show(String resource, ObjectNode marked, String now) {
        if (resource.equals(Terminating.NAMESPACES)) {
            status(marked).put("phase", "Terminating");
        } else if (resource.equals(Terminating.DEFINITIONS)) {
            ObjectNode status = status(marked);
            ArrayNode conditions =
                    status.get("conditions") instanceof ArrayNode list ? list : status.putArray("conditions");
            conditions
                    .addObject()
                    .put("type", "Terminating")
                    .put("status", "True")
                    .put("lastTransitionTime", now)
                    .put("reason", "InstanceDeletionPending")
                    .put(
                            "message",
                            "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon");
        }
    }

    private static ObjectNode status(ObjectNode object) {
        return object.get("status") instanceof ObjectNode present ? present : object.putObject("status");
    }
}
