package dev.sluice.kubeapi.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Keywords that a definition must not use, or not in this way. */
final class SupportedKeywords {

    private static final Set<String> TYPES = Set.of("array", "boolean", "integer", "number", "object", "string");
    private static final List<String> UNSUPPORTED =
            List.of("id", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref");

    private final List<FieldError> errors = new ArrayList<>();

    private SupportedKeywords() {}

    static List<FieldError> check(JsonNode schema, String path) {
        SupportedKeywords keywords = new SupportedKeywords();
        if (schema.path("nullable").asBoolean(false)) {
            keywords.errors.add(FieldError.forbidden(path + ".nullable", "nullable cannot be true at the root"));
        }
        keywords.visit(schema, path, true);
        return keywords.errors;
    }

    private void visit(JsonNode schema, String path, boolean root) {
        checkUnsupported(schema, path);
        checkObject(schema, path);
        new ListKeywords(errors).check(schema, path);
        checkRules(schema.path("x-kubernetes-validations"), path + ".x-kubernetes-validations");
        visitProperties(schema, path, root);
        for (String keyword : List.of("items", "not", "additionalProperties")) {
            if (schema.path(keyword).isObject()) {
                visit(schema.path(keyword), path + "." + keyword, false);
            }
        }
        for (String keyword : List.of("allOf", "anyOf", "oneOf")) {
            int index = 0;
            for (JsonNode clause : schema.path(keyword)) {
                visit(clause, path + "." + keyword + "[" + index++ + "]", false);
            }
        }
    }

    private void visitProperties(JsonNode schema, String path, boolean root) {
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            String child = path + ".properties[" + property.getKey() + "]";
            boolean meta = Set.of("apiVersion", "kind", "metadata").contains(property.getKey());
            if (root && meta) {
                forbidDefaults(property.getValue(), child, "in top-level " + property.getKey());
            }
            visit(property.getValue(), child, false);
        }
    }

    private void forbidDefaults(JsonNode schema, String path, String where) {
        if (schema.has("default") && !schema.path("default").isNull()) {
            errors.add(FieldError.forbidden(path + ".default", "must not be set " + where));
        }
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            forbidDefaults(property.getValue(), path + ".properties[" + property.getKey() + "]", where);
        }
    }

    private void checkUnsupported(JsonNode schema, String path) {
        String type = schema.path("type").asString("");
        if (!type.isEmpty() && !TYPES.contains(type)) {
            errors.add(FieldError.notSupported(
                    path + ".type", schema.path("type"), TYPES.stream().sorted().toList()));
        }
        for (String keyword : UNSUPPORTED) {
            if (schema.has(keyword) && !schema.path(keyword).isNull()) {
                errors.add(FieldError.forbidden(path + "." + keyword, keyword + " is not supported"));
            }
        }
        if (type.equals("null")) {
            errors.add(
                    FieldError.forbidden(path + ".type", "type cannot be set to null, use nullable as an alternative"));
        }
        if (schema.path("items").isArray()) {
            errors.add(FieldError.forbidden(path + ".items", "items must be a schema object and not an array"));
        }
        if (schema.path("uniqueItems").asBoolean(false)) {
            errors.add(FieldError.forbidden(
                    path + ".uniqueItems",
                    "uniqueItems cannot be set to true since the runtime complexity becomes quadratic"));
        }
    }

    private void checkObject(JsonNode schema, String path) {
        JsonNode additional = schema.path("additionalProperties");
        boolean open = additional.isBoolean() && additional.booleanValue();
        if (!additional.isMissingNode()
                && !additional.isNull()
                && !open
                && !schema.path("properties").isEmpty()) {
            errors.add(FieldError.forbidden(
                    path + ".additionalProperties", "additionalProperties and properties are mutual exclusive"));
        }
        JsonNode preserve = schema.path("x-kubernetes-preserve-unknown-fields");
        if (preserve.isBoolean() && !preserve.booleanValue()) {
            errors.add(FieldError.invalid(
                    path + ".x-kubernetes-preserve-unknown-fields", preserve, "must be true or undefined"));
        }
        checkMapType(schema, path);
    }

    private void checkMapType(JsonNode schema, String path) {
        JsonNode mapType = schema.path("x-kubernetes-map-type");
        if (!mapType.isString()) {
            return;
        }
        ListKeywords.checkType(errors, schema, "object", "x-kubernetes-map-type", path);
        if (!Set.of("atomic", "granular").contains(mapType.stringValue())) {
            errors.add(
                    FieldError.notSupported(path + ".x-kubernetes-map-type", mapType, List.of("atomic", "granular")));
        }
    }

    private void checkRules(JsonNode rules, String path) {
        int index = 0;
        for (JsonNode rule : rules) {
            new RuleKeywords(errors).check(rule, path + "[" + index++ + "]");
        }
    }
}
