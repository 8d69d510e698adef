package dev.sluice.reconciler.console;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.reconciler.text.EscapedText;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;

/** Reads from the Lease which replica leads. */
record LeaderReader(ApiRequests requests, ObjectKey lease) {

    private static final ApiKind LEASE = new ApiKind("coordination.k8s.io", "v1", "Lease", "leases");

    /** The pod in the holder's identity. */
    String read() {
        try {
            return requests.get(LEASE, lease, JsonObject.class)
                    .map(LeaderReader::holder)
                    .map(LeaderReader::pod)
                    .orElse("none: the Lease %s does not exist".formatted(lease));
        } catch (IOException e) {
            return "unknown: " + EscapedText.of(String.valueOf(e.getMessage()));
        }
    }

    private static String holder(JsonObject object) {
        JsonElement spec = object.get("spec");
        JsonElement holder = spec instanceof JsonObject fields ? fields.get("holderIdentity") : null;
        return holder == null || holder.isJsonNull() ? "" : holder.getAsString();
    }

    /** The identity is the host name with a suffix that differs in each process. */
    private static String pod(String holder) {
        int suffix = holder.lastIndexOf('_');
        String pod = suffix > 0 ? holder.substring(0, suffix) : holder;
        return pod.isEmpty() ? "none at present" : EscapedText.of(pod);
    }
}
