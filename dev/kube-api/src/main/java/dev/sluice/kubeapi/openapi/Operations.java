package dev.sluice.kubeapi.openapi;

import dev.sluice.kubeapi.resource.Endpoint;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The paths of a resource and what can be done there. */
final class Operations {

    private static final List<String> LIST_PARAMETERS = List.of(
            "allowWatchBookmarks:boolean",
            "continue:string",
            "fieldSelector:string",
            "labelSelector:string",
            "limit:integer",
            "resourceVersion:string",
            "resourceVersionMatch:string",
            "sendInitialEvents:boolean",
            "timeoutSeconds:integer",
            "watch:boolean");
    private static final List<String> WRITE_PARAMETERS =
            List.of("dryRun:string", "fieldManager:string", "fieldValidation:string");
    private static final List<String> PATCH_PARAMETERS =
            List.of("dryRun:string", "fieldManager:string", "fieldValidation:string", "force:boolean");
    private static final List<String> DELETE_PARAMETERS =
            List.of("dryRun:string", "gracePeriodSeconds:integer", "propagationPolicy:string");

    private final ObjectNode paths;

    Operations(ObjectNode paths) {
        this.paths = paths;
    }

    void add(Endpoint endpoint) {
        String apiVersion = endpoint.apiVersion();
        String root = endpoint.resource().group().isEmpty() ? "/api/" + apiVersion : "/apis/" + apiVersion;
        String plural = endpoint.resource().names().plural();
        boolean namespaced = endpoint.resource().namespaced();
        String collection = root + (namespaced ? "/namespaces/{namespace}/" : "/") + plural;
        collection(endpoint, collection);
        item(endpoint, collection + "/{name}");
        if (endpoint.version().status()) {
            ObjectNode status = path(collection + "/{name}/status", endpoint);
            operation(status, "get", "get", endpoint, List.of());
            operation(status, "put", "put", endpoint, WRITE_PARAMETERS);
            operation(status, "patch", "patch", endpoint, PATCH_PARAMETERS);
        }
        if (namespaced) {
            ObjectNode everywhere = paths.putObject(root + "/" + plural);
            operation(everywhere, "get", "list", endpoint, LIST_PARAMETERS);
        }
    }

    private void collection(Endpoint endpoint, String collection) {
        ObjectNode path = paths.putObject(collection);
        operation(path, "get", "list", endpoint, LIST_PARAMETERS);
        operation(path, "post", "post", endpoint, WRITE_PARAMETERS);
        if (endpoint.resource().behaviour().deleteCollection()) {
            operation(path, "delete", "deletecollection", endpoint, DELETE_PARAMETERS);
        }
        if (endpoint.resource().namespaced()) {
            pathParameter(path, "namespace");
        }
    }

    private void item(Endpoint endpoint, String item) {
        ObjectNode path = path(item, endpoint);
        operation(path, "get", "get", endpoint, List.of());
        operation(path, "put", "put", endpoint, WRITE_PARAMETERS);
        operation(path, "patch", "patch", endpoint, PATCH_PARAMETERS);
        operation(path, "delete", "delete", endpoint, DELETE_PARAMETERS);
    }

    private ObjectNode path(String item, Endpoint endpoint) {
        ObjectNode path = paths.putObject(item);
        pathParameter(path, "name");
        if (endpoint.resource().namespaced()) {
            pathParameter(path, "namespace");
        }
        return path;
    }

    private static void pathParameter(ObjectNode path, String name) {
        ArrayNode parameters =
                path.get("parameters") instanceof ArrayNode present ? present : path.putArray("parameters");
        ObjectNode parameter =
                parameters.addObject().put("name", name).put("in", "path").put("required", true);
        parameter.putObject("schema").put("type", "string").put("uniqueItems", true);
    }

    private static void operation(
            ObjectNode path, String method, String action, Endpoint endpoint, List<String> parameters) {
        ObjectNode operation = path.putObject(method);
        ArrayNode query = operation.putArray("parameters");
        for (String parameter : parameters) {
            String[] nameAndType = parameter.split(":", 2);
            ObjectNode node = query.addObject().put("name", nameAndType[0]).put("in", "query");
            node.putObject("schema").put("type", nameAndType[1]).put("uniqueItems", true);
        }
        String answer = action.equals("list") ? SchemaNames.ofList(endpoint) : SchemaNames.of(endpoint);
        ObjectNode ok = operation.putObject("responses").putObject("200").put("description", "OK");
        ok.putObject("content").putObject("application/json").set("schema", Schemas.reference(answer));
        operation.put("x-kubernetes-action", action);
        operation.set("x-kubernetes-group-version-kind", Schemas.kind(endpoint, endpoint.kind()));
    }
}
