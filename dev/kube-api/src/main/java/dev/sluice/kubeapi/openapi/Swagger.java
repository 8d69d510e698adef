package dev.sluice.kubeapi.openapi;

import dev.sluice.kubeapi.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI v2 document: all v3 documents in one, in the older notation. */
final class Swagger {

    private final ObjectNode document = Json.object().put("swagger", "2.0");
    private final ObjectNode paths;
    private final ObjectNode definitions;

    Swagger() {
        document.putObject("info").put("title", "Kubernetes").put("version", OpenApiDocuments.VERSION);
        paths = document.putObject("paths");
        definitions = document.putObject("definitions");
    }

    /** Adds a v3 document, which belongs to this object from then on. */
    void add(ObjectNode v3) {
        rewriteReferences(v3);
        Json.objectAt(Json.objectAt(v3, "components"), "schemas")
                .properties()
                .forEach(e -> definitions.set(e.getKey(), e.getValue()));
        Json.objectAt(v3, "paths").properties().forEach(e -> paths.set(e.getKey(), path((ObjectNode) e.getValue())));
    }

    ObjectNode document() {
        return document;
    }

    private static ObjectNode path(ObjectNode path) {
        parameters(path);
        for (JsonNode operation : path) {
            if (operation instanceof ObjectNode fields && fields.has("responses")) {
                operation(fields);
            }
        }
        return path;
    }

    private static void operation(ObjectNode operation) {
        parameters(operation);
        ArrayNode formats = Json.array().add("application/json").add("application/yaml");
        operation.set("produces", formats);
        operation.set("consumes", formats);
        ObjectNode ok = (ObjectNode) operation.path("responses").path("200");
        JsonNode content = ok.remove("content");
        if (content != null) {
            ok.set("schema", content.path("application/json").path("schema"));
        }
    }

    /** The older notation has the type of a parameter beside its name. */
    private static void parameters(ObjectNode holder) {
        for (JsonNode parameter : Json.arrayAt(holder, "parameters")) {
            if (parameter instanceof ObjectNode fields && fields.remove("schema") instanceof ObjectNode schema) {
                fields.setAll(schema);
            }
        }
    }

    private static void rewriteReferences(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("$ref").isString()) {
            object.put("$ref", Json.stringAt(object, "$ref").replace("#/components/schemas/", "#/definitions/"));
        }
        node.forEach(Swagger::rewriteReferences);
    }
}
