package dev.sluice.kubeapi.status;

import dev.sluice.kubeapi.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** Creates {@code v1.Status} objects. */
public final class Statuses {

    private Statuses() {}

    static ObjectNode failure(int code, String reason, String message, ObjectNode details) {
        ObjectNode status = status("Failure").put("message", message);
        if (!reason.isEmpty()) {
            status.put("reason", reason);
        }
        if (!details.isEmpty()) {
            status.set("details", details);
        }
        return status.put("code", code);
    }

    /** Returns the response to a completed deletion. */
    public static ObjectNode deleted(Target target, String uid) {
        ObjectNode status = status("Success");
        status.set("details", target.details().put("uid", uid));
        return status;
    }

    private static ObjectNode status(String outcome) {
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        return status.put("status", outcome);
    }
}
