package dev.sluice.kubeapi.openapi;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.resource.Endpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The parts of an OpenAPI v3 document that kubectl reads: the schemas for {@code explain}, and the support of
 * {@code fieldValidation} in PATCH, without which {@code apply} would validate on the client.
 */
final class OpenApiDocument {

    static final String VERSION = "v1.35.4";

    private OpenApiDocument() {}

    static ObjectNode of(List<Endpoint> endpoints) {
        ObjectNode document = Json.object().put("openapi", "3.0.0");
        document.putObject("info").put("title", "Kubernetes").put("version", VERSION);
        ObjectNode paths = document.putObject("paths");
        ObjectNode schemas = document.putObject("components").putObject("schemas");
        for (Endpoint endpoint : endpoints) {
            operations(endpoint, paths);
            schemas.set(schemaName(endpoint), schema(endpoint));
        }
        return document;
    }

    private static void operations(Endpoint endpoint, ObjectNode paths) {
        String apiVersion = endpoint.apiVersion();
        String root = (apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion;
        String scope = endpoint.resource().namespaced() ? "/namespaces/{namespace}/" : "/";
        ObjectNode path =
                paths.putObject(root + scope + endpoint.resource().names().plural() + "/{name}");
        operation(path, "get", "get", endpoint);
        ObjectNode patch = operation(path, "patch", "patch", endpoint);
        ObjectNode parameter = patch.putArray("parameters").addObject();
        parameter.put("name", "fieldValidation").put("in", "query");
        parameter.putObject("schema").put("type", "string");
    }

    private static ObjectNode operation(ObjectNode path, String method, String action, Endpoint endpoint) {
        ObjectNode operation = path.putObject(method);
        operation.putObject("responses").putObject("200").put("description", "OK");
        operation.put("x-kubernetes-action", action);
        operation.set("x-kubernetes-group-version-kind", kind(endpoint));
        return operation;
    }

    private static ObjectNode schema(Endpoint endpoint) {
        ObjectNode schema =
                (ObjectNode) endpoint.version().rules().schema().json().deepCopy();
        schema.putArray("x-kubernetes-group-version-kind").add(kind(endpoint));
        return schema;
    }

    private static ObjectNode kind(Endpoint endpoint) {
        return Json.object()
                .put("group", endpoint.resource().group())
                .put("kind", endpoint.kind())
                .put("version", endpoint.version().name());
    }

    /** The group in reverse order, as in {@code io.fluxcd.toolkit.source.v1.GitRepository}. */
    private static String schemaName(Endpoint endpoint) {
        List<String> parts = new ArrayList<>(List.of(endpoint.resource().group().split("\\.", -1)));
        Collections.reverse(parts);
        parts.add(endpoint.version().name());
        parts.add(endpoint.kind());
        return String.join(".", parts);
    }
}
