package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.http.Bodies;
import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.object.ObjectMeta;
import dev.sluice.kubeapi.status.ApiException;
import dev.sluice.kubeapi.status.Cause;
import dev.sluice.kubeapi.status.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The options of a deletion, from the body or, without one, from the query.
 *
 * @param uid precondition: the UID of the object; empty for any
 * @param resourceVersion precondition: the resourceVersion of the object; empty for any
 * @param finalizers the finalizers of the propagation policy, which a garbage collector would remove
 */
record DeleteOptions(boolean dryRun, String uid, String resourceVersion, List<String> finalizers) {

    private static final Set<String> POLICIES = Set.of("", "Background", "Foreground", "Orphan");

    DeleteOptions {
        finalizers = List.copyOf(finalizers);
    }

    static DeleteOptions parse(Query query) throws IOException {
        ObjectNode body = Bodies.optionalObject(query.request()).orElseGet(() -> fromQuery(query));
        List<Cause> causes = new ArrayList<>();
        String policy = Json.stringAt(body, "propagationPolicy");
        if (!POLICIES.contains(policy)) {
            causes.add(Cause.unsupported("propagationPolicy", policy, "\"Background\", \"Foreground\", \"Orphan\""));
        }
        JsonNode grace = body.get("gracePeriodSeconds");
        if (grace != null && grace.isNumber() && grace.asLong() < 0) {
            causes.add(Cause.invalid("gracePeriodSeconds", grace.asString(), "must be greater than or equal to 0"));
        }
        boolean dryRun = false;
        for (JsonNode value : Json.arrayAt(body, "dryRun")) {
            dryRun = value.asString().equals("All");
            if (!dryRun) {
                causes.add(Cause.unsupported("dryRun", value.asString(), "\"All\""));
            }
        }
        if (!causes.isEmpty()) {
            throw ApiException.invalid(new Target("meta.k8s.io", "", "DeleteOptions", ""), causes);
        }
        ObjectNode preconditions = Json.objectAt(body, "preconditions");
        return new DeleteOptions(
                dryRun,
                Json.stringAt(preconditions, "uid"),
                Json.stringAt(preconditions, "resourceVersion"),
                finalizers(policy));
    }

    private static ObjectNode fromQuery(Query query) {
        ObjectNode body = Json.object();
        if (query.has("propagationPolicy")) {
            body.put("propagationPolicy", query.text("propagationPolicy"));
        }
        if (query.has("dryRun")) {
            body.putArray("dryRun").add(query.text("dryRun"));
        }
        query.integer("gracePeriodSeconds").ifPresent(seconds -> body.put("gracePeriodSeconds", seconds));
        return body;
    }

    private static List<String> finalizers(String policy) {
        return switch (policy) {
            case "Foreground" -> List.of("foregroundDeletion");
            case "Orphan" -> List.of("orphan");
            default -> List.of();
        };
    }

    /** @throws ApiException 409 if a precondition is not met */
    void requireMet(Target target, ObjectMeta meta) {
        if (!uid.isEmpty() && !uid.equals(meta.uid())) {
            throw unmet(target, "UID", uid, meta.uid());
        }
        if (!resourceVersion.isEmpty() && !resourceVersion.equals(meta.resourceVersion())) {
            throw unmet(target, "ResourceVersion", resourceVersion, meta.resourceVersion());
        }
    }

    private static ApiException unmet(Target target, String what, String wanted, String found) {
        return ApiException.conflict(
                target,
                "Precondition failed: " + what + " in precondition: " + wanted + ", " + what + " in object meta: "
                        + found);
    }
}
