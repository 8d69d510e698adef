package dev.sluice.launcher.source;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.toolkit.meta.ConditionTypes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/** The status of a GitRepository as a merge patch; fields that are not set are left unchanged. */
final class SourceStatus {

    private final JsonObject status = new JsonObject();

    private SourceStatus(Ready ready, long generation) {
        JsonObject condition = new JsonObject();
        condition.addProperty("type", ConditionTypes.READY);
        condition.addProperty("status", ready.isTrue() ? "True" : "False");
        condition.addProperty("reason", ready.reason());
        condition.addProperty("message", ready.message());
        condition.addProperty("observedGeneration", generation);
        condition.addProperty("lastTransitionTime", seconds(ready.since()));
        JsonArray conditions = new JsonArray();
        conditions.add(condition);
        status.add("conditions", conditions);
        status.addProperty("observedGeneration", generation);
    }

    /** The condition Ready. */
    record Ready(boolean isTrue, String reason, String message, Instant since) {}

    static SourceStatus of(Ready ready, long generation) {
        return new SourceStatus(ready, generation);
    }

    SourceStatus withArtifact(Artifact artifact) {
        JsonObject offered = new JsonObject();
        offered.addProperty("digest", artifact.digest());
        offered.addProperty("lastUpdateTime", seconds(Objects.requireNonNull(artifact.lastUpdateTime())));
        offered.addProperty("path", artifact.path());
        offered.addProperty("revision", artifact.revision());
        offered.addProperty("size", artifact.size());
        offered.addProperty("url", artifact.url());
        status.add("artifact", offered);
        return this;
    }

    /** @param request the value of the reconcile annotation to acknowledge; empty if there is none */
    SourceStatus acknowledging(String request) {
        if (!request.isEmpty()) {
            status.addProperty("lastHandledReconcileAt", request);
        }
        return this;
    }

    JsonObject json() {
        return status;
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
