package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.object.ObjectMeta;
import dev.sluice.kubeapi.resource.Endpoint;
import dev.sluice.kubeapi.status.ApiException;
import dev.sluice.kubeapi.status.Cause;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Decodes a request body as the type of its URL. */
final class TypeCheck {

    private TypeCheck() {}

    /**
     * Checks the type of {@code object}.
     *
     * @return warnings
     * @throws ApiException 400 if the body has another type, or unknown fields in strict mode
     */
    static List<String> decode(Endpoint endpoint, ObjectNode object, WriteOptions.Strictness strictness) {
        requireType(endpoint, object);
        List<String> problems = new ArrayList<>();
        if (strictness != WriteOptions.Strictness.IGNORE) {
            endpoint.version().rules().unknownFields(object).forEach(f -> problems.add("unknown field \"" + f + "\""));
        }
        if (strictness == WriteOptions.Strictness.STRICT && !problems.isEmpty()) {
            throw unreadable(endpoint, "strict decoding error: " + String.join(", ", problems));
        }
        List<Cause> misfits = endpoint.version().rules().misfits(object);
        if (!misfits.isEmpty()) {
            throw unreadable(endpoint, misfits.get(0).toString());
        }
        return problems;
    }

    private static void requireType(Endpoint endpoint, ObjectNode object) {
        String kind = Json.stringAt(object, "kind");
        String apiVersion = Json.stringAt(object, "apiVersion");
        if (endpoint.resource().custom() && kind.isEmpty()) {
            throw ApiException.badRequest("Object 'Kind' is missing in '" + Json.text(object) + "'");
        }
        if (!apiVersion.isEmpty() && !apiVersion.equals(endpoint.apiVersion())) {
            throw ApiException.badRequest("the API version in the data (" + apiVersion
                    + ") does not match the expected API version (" + endpoint.apiVersion() + ")");
        }
        boolean otherKind = !kind.isEmpty() && !kind.equals(endpoint.kind());
        if (otherKind && endpoint.resource().custom()) {
            throw ApiException.invalid(
                    endpoint.target(ObjectMeta.view(object).name()),
                    List.of(Cause.invalid("kind", Cause.quote(kind), "must be " + endpoint.kind())));
        }
        if (otherKind) {
            throw ApiException.badRequest(
                    kind + " in version \"" + endpoint.version().name()
                            + "\" cannot be handled as a " + endpoint.kind() + ": the kind in the data (" + kind
                            + ") does not match the expected kind (" + endpoint.kind() + ")");
        }
        object.put("kind", endpoint.kind());
        object.put("apiVersion", endpoint.apiVersion());
    }

    /** Sets the namespace of the URL, or removes the namespace of a cluster-scoped object. */
    static void placeInNamespace(Endpoint endpoint, String namespace, ObjectMeta meta) {
        if (!meta.namespace().isEmpty() && !meta.namespace().equals(namespace)) {
            throw ApiException.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
        if (endpoint.resource().namespaced()) {
            meta.set("namespace", namespace);
        } else {
            meta.remove("namespace");
        }
    }

    static ApiException unreadable(Endpoint endpoint, String why) {
        return ApiException.badRequest(endpoint.kind() + " in version \""
                + endpoint.version().name() + "\" cannot be handled as a " + endpoint.kind() + ": " + why);
    }
}
