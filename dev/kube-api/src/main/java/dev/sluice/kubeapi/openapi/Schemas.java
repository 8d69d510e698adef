package dev.sluice.kubeapi.openapi;

import dev.sluice.kubeapi.builtin.DeclaredTypes;
import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.resource.Endpoint;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The schemas of kinds and of what they are made of. */
final class Schemas {

    private static final String REFERENCE = "#/components/schemas/";
    private static final String API_VERSION =
            "The group and version of the schema that this object is written in, as in group/version.";
    private static final String KIND = "The type of this object, in CamelCase; it cannot be changed.";
    private static final String METADATA = "What all objects have: names, labels, owners, versions.";

    private final ObjectNode components;

    Schemas(ObjectNode components) {
        this.components = components;
        ObjectNode table = DeclaredTypes.table();
        for (String type : SchemaNames.sharedTypes()) {
            if (table.get(type) instanceof ObjectNode schema) {
                rewriteReferences(schema);
                components.set(SchemaNames.shared(type), schema);
            }
        }
        components.putObject(SchemaNames.shared("ListMeta")).put("type", "object");
    }

    void add(Endpoint endpoint) {
        ObjectNode schema = endpoint.resource().custom()
                ? endpoint.version().openApiSchema().deepCopy()
                : builtIn(endpoint);
        ObjectNode properties = schema.get("properties") instanceof ObjectNode p ? p : schema.putObject("properties");
        properties.putObject("apiVersion").put("type", "string").put("description", API_VERSION);
        properties.putObject("kind").put("type", "string").put("description", KIND);
        ObjectNode metadata = properties.putObject("metadata").put("description", METADATA);
        metadata.putArray("allOf").add(reference(SchemaNames.shared("ObjectMeta")));
        kinds(schema, endpoint, endpoint.kind());
        components.set(SchemaNames.of(endpoint), schema);
        addList(endpoint);
    }

    private static ObjectNode builtIn(Endpoint endpoint) {
        ObjectNode schema = (ObjectNode) DeclaredTypes.table().path(endpoint.apiVersion() + "/" + endpoint.kind());
        rewriteReferences(schema);
        return schema;
    }

    private void addList(Endpoint endpoint) {
        ObjectNode list = Json.object().put("type", "object");
        list.putArray("required").add("items");
        ObjectNode properties = list.putObject("properties");
        properties.putObject("apiVersion").put("type", "string").put("description", API_VERSION);
        properties.putObject("kind").put("type", "string").put("description", KIND);
        ObjectNode items = properties.putObject("items").put("type", "array");
        items.set("items", reference(SchemaNames.of(endpoint)));
        properties.set("metadata", reference(SchemaNames.shared("ListMeta")));
        kinds(list, endpoint, endpoint.resource().names().listKind());
        components.set(SchemaNames.ofList(endpoint), list);
    }

    private static void kinds(ObjectNode schema, Endpoint endpoint, String kind) {
        schema.putArray("x-kubernetes-group-version-kind").add(kind(endpoint, kind));
    }

    static ObjectNode kind(Endpoint endpoint, String kind) {
        return Json.object()
                .put("group", endpoint.resource().group())
                .put("kind", kind)
                .put("version", endpoint.version().name());
    }

    static ObjectNode reference(String name) {
        return Json.object().put("$ref", REFERENCE + name);
    }

    /** The table of built-in types names types by themselves: a document names places in it. */
    private static void rewriteReferences(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("$ref").isString()) {
            object.put("$ref", REFERENCE + SchemaNames.shared(Json.stringAt(object, "$ref")));
        }
        node.forEach(Schemas::rewriteReferences);
    }
}
