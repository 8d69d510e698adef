package dev.sluice.kubeapi.schema;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What schemas under {@code allOf}, {@code anyOf}, {@code oneOf} and {@code not} may hold: constraints, no types. */
final class NestedRules {

    /** Keywords that say what a value is, with the words of the refusal. */
    private static final Map<String, String> FORBIDDEN = Map.ofEntries(
            Map.entry("type", "must be empty to be structural"),
            Map.entry("additionalProperties", "must be undefined to be structural"),
            Map.entry("default", "must be undefined to be structural"),
            Map.entry("title", "must be empty to be structural"),
            Map.entry("description", "must be empty to be structural"),
            Map.entry("nullable", "must be false to be structural"),
            Map.entry("x-kubernetes-preserve-unknown-fields", "must be false to be structural"),
            Map.entry("x-kubernetes-embedded-resource", "must be false to be structural"),
            Map.entry("x-kubernetes-int-or-string", "must be false to be structural"),
            Map.entry("x-kubernetes-list-map-keys", "must be empty to be structural"),
            Map.entry("x-kubernetes-list-type", "must be undefined to be structural"),
            Map.entry("x-kubernetes-map-type", "must be undefined to be structural"),
            Map.entry("x-kubernetes-validations", "must be empty to be structural"));

    private final List<FieldError> errors;
    private final boolean complete;

    /** @param complete whether what is constrained must be declared too */
    NestedRules(List<FieldError> errors, boolean complete) {
        this.errors = errors;
        this.complete = complete;
    }

    /**
     * Checks the combinations that a schema holds.
     *
     * @param structure the schema that says what the constrained value is; null when nothing does
     */
    void checkCombinations(JsonNode schema, @Nullable JsonNode structure, String path) {
        checkCombinations(schema, structure, path, path);
    }

    private void checkCombinations(JsonNode schema, @Nullable JsonNode structure, String path, String structurePath) {
        for (String keyword : List.of("anyOf", "allOf", "oneOf")) {
            int index = 0;
            for (JsonNode clause : schema.path(keyword)) {
                String child = path + "." + keyword + "[" + index + "]";
                if (!isIntOrString(schema, keyword)) {
                    boolean wrapped = keyword.equals("allOf") && index == 0 && isIntOrString(clause, "anyOf");
                    check(clause, structure, child, structurePath, wrapped);
                }
                index++;
            }
        }
        if (schema.path("not").isObject()) {
            check(schema.path("not"), structure, path + ".not", structurePath, false);
        }
    }

    /** The one exception: an integer or a string is allowed to say so in these words. */
    private static boolean isIntOrString(JsonNode schema, String keyword) {
        JsonNode clauses = schema.path(keyword);
        return keyword.equals("anyOf")
                && clauses.size() == 2
                && isOnlyType(clauses.get(0), "integer")
                && isOnlyType(clauses.get(1), "string");
    }

    private static boolean isOnlyType(JsonNode clause, String type) {
        return clause.size() == 1 && clause.path("type").asString("").equals(type);
    }

    private void check(
            JsonNode clause, @Nullable JsonNode structure, String path, String structurePath, boolean wrapped) {
        checkKeywords(clause, path);
        if (!wrapped) {
            checkCombinations(clause, structure, path, structurePath);
        }
        if (clause.path("items").isObject()) {
            checkPart(clause.path("items"), structure, "items", path + ".items", structurePath + ".items");
        }
        for (Map.Entry<String, JsonNode> property : clause.path("properties").properties()) {
            String step = ".properties[" + property.getKey() + "]";
            if (property.getKey().equals("metadata")) {
                errors.add(FieldError.forbidden(path + step, "must not be specified in a nested context"));
            }
            JsonNode properties = structure == null ? null : structure.path("properties");
            checkPart(property.getValue(), properties, property.getKey(), path + step, structurePath + step);
        }
    }

    private void checkPart(
            JsonNode part, @Nullable JsonNode structure, String name, String path, String structurePath) {
        JsonNode counterpart = structure == null ? null : structure.get(name);
        if (complete && (counterpart == null || !counterpart.isObject())) {
            errors.add(FieldError.required(structurePath, "because it is defined in " + path));
            counterpart = null;
        }
        check(part, counterpart, path, structurePath, false);
    }

    private void checkKeywords(JsonNode clause, String path) {
        for (Map.Entry<String, JsonNode> keyword : clause.properties()) {
            String refusal = FORBIDDEN.get(keyword.getKey());
            JsonNode value = keyword.getValue();
            boolean set = !value.isNull()
                    && !(value.isString() && value.stringValue().isEmpty())
                    && !(value.isArray() && value.isEmpty())
                    && !(value.isBoolean() && !value.booleanValue());
            if (refusal != null && set) {
                errors.add(FieldError.forbidden(path + "." + keyword.getKey(), refusal));
            }
        }
    }
}
