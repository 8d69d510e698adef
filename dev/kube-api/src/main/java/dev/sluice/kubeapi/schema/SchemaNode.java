package dev.sluice.kubeapi.schema;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One level of a schema. Under {@code anyOf} and the like only the constraints, the properties and the items are set.
 *
 * @param json the level as it was written
 * @param type "" when the schema names none
 * @param defaultValue null when there is none
 * @param path where the schema stands, for messages about it
 */
record SchemaNode(
        JsonNode json,
        String path,
        String type,
        boolean nullable,
        @Nullable JsonNode defaultValue,
        Map<String, SchemaNode> properties,
        @Nullable Additional additional,
        @Nullable SchemaNode items,
        Extensions extensions,
        Constraints constraints,
        List<Rule> rules) {

    /**
     * What fields without a declaration may be.
     *
     * @param schema null when they may be anything that pruning leaves of them
     */
    record Additional(boolean allowed, @Nullable SchemaNode schema) {}

    /** The {@code x-kubernetes-*} extensions that say what a value is. Empty strings and lists when not set. */
    record Extensions(
            boolean preserveUnknownFields,
            boolean embeddedResource,
            boolean intOrString,
            String listType,
            List<String> listMapKeys,
            String mapType) {}

    /** One entry of {@code x-kubernetes-validations}; empty strings when not set. */
    record Rule(
            String rule,
            String message,
            String messageExpression,
            String reason,
            String fieldPath,
            @Nullable Boolean optionalOldSelf,
            JsonNode json) {}

    boolean isMapList() {
        return extensions.listType().equals("map");
    }

    /** The schema of a field; null when there is none. */
    @Nullable
    SchemaNode field(String name) {
        SchemaNode declared = properties.get(name);
        if (declared != null) {
            return declared;
        }
        return additional == null ? null : additional.schema();
    }

    /** As the root of a resource: apiVersion, kind and metadata are there without being declared. */
    SchemaNode asResource() {
        Extensions embedded = new Extensions(
                extensions.preserveUnknownFields(),
                true,
                extensions.intOrString(),
                extensions.listType(),
                extensions.listMapKeys(),
                extensions.mapType());
        return new SchemaNode(
                json, path, type, nullable, defaultValue, properties, additional, items, embedded, constraints, rules);
    }
}
