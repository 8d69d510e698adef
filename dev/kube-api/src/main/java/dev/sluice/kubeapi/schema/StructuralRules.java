package dev.sluice.kubeapi.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What makes a schema structural: the type of every value is said once, outside of {@code allOf}, {@code anyOf},
 * {@code oneOf} and {@code not}, and what these constrain is there.
 */
final class StructuralRules {

    private enum Level {
        ROOT("must not be empty at the root"),
        ITEM("must not be empty for specified array items"),
        FIELD("must not be empty for specified object fields");

        private final String typeMissing;

        Level(String typeMissing) {
            this.typeMissing = typeMissing;
        }
    }

    private static final Set<String> META_KEYWORDS = Set.of("type", "properties", "default");
    private static final Set<String> META_NAMES = Set.of("name", "generateName");

    private final List<FieldError> errors = new ArrayList<>();

    private StructuralRules() {}

    static List<FieldError> check(JsonNode schema, String path) {
        StructuralRules rules = new StructuralRules();
        rules.visit(schema, Level.ROOT, path);
        rules.errors.sort(Comparator.comparing(FieldError::toString));
        return rules.errors;
    }

    private void visit(JsonNode schema, Level level, String path) {
        String type = schema.path("type").asString("");
        if (type.equals("array") && !schema.path("items").isObject()) {
            errors.add(FieldError.required(path + ".items", "must be specified"));
        }
        if (schema.path("items").isObject()) {
            visit(schema.path("items"), Level.ITEM, path + ".items");
        }
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            visit(property.getValue(), Level.FIELD, path + ".properties[" + property.getKey() + "]");
        }
        visitAdditional(schema, level, path);
        checkType(schema, type, level, path);
        checkResource(schema, level, path);
        checkIntOrString(schema, path);
        // the real server looks for undeclared counterparts at the root only
        new NestedRules(errors, level == Level.ROOT).checkCombinations(schema, schema, path);
    }

    private void visitAdditional(JsonNode schema, Level level, String path) {
        JsonNode additional = schema.path("additionalProperties");
        if (additional.isMissingNode() || additional.isNull()) {
            return;
        }
        String child = path + ".additionalProperties";
        if (level == Level.ROOT) {
            errors.add(FieldError.forbidden(child, "must not be used at the root"));
        }
        if (schema.path("x-kubernetes-embedded-resource").asBoolean(false)) {
            errors.add(FieldError.forbidden(child, "must not be used if x-kubernetes-embedded-resource is set"));
        }
        if (additional.isObject()) {
            visit(additional, Level.FIELD, child);
        }
    }

    private void checkType(JsonNode schema, String type, Level level, String path) {
        boolean embedded = schema.path("x-kubernetes-embedded-resource").asBoolean(false);
        boolean open = schema.path("x-kubernetes-int-or-string").asBoolean(false)
                || schema.path("x-kubernetes-preserve-unknown-fields").asBoolean(false);
        String mustBeObject = "must be object if x-kubernetes-embedded-resource is true";
        if (embedded && type.isEmpty()) {
            errors.add(FieldError.required(path + ".type", mustBeObject));
        } else if (embedded && !type.equals("object")) {
            errors.add(FieldError.invalid(path + ".type", type, mustBeObject));
        } else if (type.isEmpty() && !open) {
            errors.add(FieldError.required(path + ".type", level.typeMissing));
        }
        if (level == Level.ROOT && !type.isEmpty() && !type.equals("object")) {
            errors.add(FieldError.invalid(path + ".type", type, "must be object at the root"));
        }
    }

    private void checkResource(JsonNode schema, Level level, String path) {
        JsonNode properties = schema.path("properties");
        boolean embedded = schema.path("x-kubernetes-embedded-resource").asBoolean(false);
        if (level == Level.ROOT || embedded) {
            checkMetaType(properties, "kind", "string", path);
            checkMetaType(properties, "apiVersion", "string", path);
            checkMetaType(properties, "metadata", "object", path);
        }
        if (level == Level.ROOT && properties.has("metadata") && restrictsMore(properties.path("metadata"))) {
            errors.add(
                    FieldError.forbidden(
                            path + ".properties[metadata]",
                            "must not specify anything other than name and generateName, but metadata is implicitly specified"));
        }
        boolean preserve = schema.path("x-kubernetes-preserve-unknown-fields").asBoolean(false);
        if (embedded && !preserve && properties.isEmpty()) {
            errors.add(FieldError.required(
                    path + ".properties",
                    "must not be empty if x-kubernetes-embedded-resource is true without"
                            + " x-kubernetes-preserve-unknown-fields"));
        }
    }

    private void checkMetaType(JsonNode properties, String name, String wanted, String path) {
        String type = properties.path(name).path("type").asString("");
        if (properties.has(name) && !type.equals(wanted)) {
            errors.add(FieldError.invalid(path + ".properties[" + name + "].type", type, "must be " + wanted));
        }
    }

    private static boolean restrictsMore(JsonNode metadata) {
        return !META_KEYWORDS.containsAll(metadata.propertyNames())
                || !META_NAMES.containsAll(metadata.path("properties").propertyNames());
    }

    private void checkIntOrString(JsonNode schema, String path) {
        if (!schema.path("x-kubernetes-int-or-string").asBoolean(false)) {
            return;
        }
        for (String other : List.of("x-kubernetes-preserve-unknown-fields", "x-kubernetes-embedded-resource")) {
            if (schema.path(other).asBoolean(false)) {
                errors.add(FieldError.invalid(
                        path + "." + other, schema.path(other), "must be false if x-kubernetes-int-or-string is true"));
            }
        }
    }
}
