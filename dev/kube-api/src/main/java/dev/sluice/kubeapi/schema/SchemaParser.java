package dev.sluice.kubeapi.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.sluice.kubeapi.schema.Constraints.Bounds;
import dev.sluice.kubeapi.schema.Constraints.Combination;
import dev.sluice.kubeapi.schema.Constraints.Sizes;
import dev.sluice.kubeapi.schema.SchemaNode.Additional;
import dev.sluice.kubeapi.schema.SchemaNode.Extensions;
import dev.sluice.kubeapi.schema.SchemaNode.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a schema from JSON, and notes what in it is not supported. */
final class SchemaParser {

    private final List<FieldError> errors;

    SchemaParser(List<FieldError> errors) {
        this.errors = errors;
    }

    SchemaNode parse(JsonNode json, String path) {
        JsonNode defaultValue = json.get("default");
        JsonNode items = json.get("items");
        return new SchemaNode(
                json,
                path,
                json.path("type").asString(""),
                json.path("nullable").asBoolean(false),
                defaultValue == null || defaultValue.isNull() ? null : defaultValue,
                children(json.path("properties"), path + ".properties"),
                additional(json.get("additionalProperties"), path + ".additionalProperties"),
                items == null || !items.isObject() ? null : parse(items, path + ".items"),
                extensions(json),
                constraints(json, path),
                rules(json.path("x-kubernetes-validations")));
    }

    private Map<String, SchemaNode> children(JsonNode properties, String path) {
        Map<String, SchemaNode> children = new LinkedHashMap<>();
        properties
                .properties()
                .forEach(property -> children.put(
                        property.getKey(), parse(property.getValue(), path + "[" + property.getKey() + "]")));
        return children;
    }

    private @Nullable Additional additional(@Nullable JsonNode json, String path) {
        if (json == null || json.isNull()) {
            return null;
        }
        return json.isObject() ? new Additional(true, parse(json, path)) : new Additional(json.asBoolean(false), null);
    }

    private static Extensions extensions(JsonNode json) {
        return new Extensions(
                json.path("x-kubernetes-preserve-unknown-fields").asBoolean(false),
                json.path("x-kubernetes-embedded-resource").asBoolean(false),
                json.path("x-kubernetes-int-or-string").asBoolean(false),
                json.path("x-kubernetes-list-type").asString(""),
                strings(json.path("x-kubernetes-list-map-keys")),
                json.path("x-kubernetes-map-type").asString(""));
    }

    private static List<String> strings(JsonNode list) {
        return list.valueStream().map(item -> item.asString("")).toList();
    }

    private static List<Rule> rules(JsonNode list) {
        return list.valueStream()
                .map(json -> new Rule(
                        json.path("rule").asString(""),
                        json.path("message").asString(""),
                        json.path("messageExpression").asString(""),
                        json.path("reason").asString(""),
                        json.path("fieldPath").asString(""),
                        json.path("optionalOldSelf").isBoolean()
                                ? json.path("optionalOldSelf").booleanValue()
                                : null,
                        json))
                .toList();
    }

    private Constraints constraints(JsonNode json, String path) {
        return new Constraints(
                json.path("enum").valueStream().toList(),
                Formats.normalized(json.path("format").asString("")),
                pattern(json.path("pattern").asString(""), path),
                bounds(json),
                sizes(json),
                strings(json.path("required")),
                combination(json, path));
    }

    private static Bounds bounds(JsonNode json) {
        return new Bounds(
                number(json, "maximum"),
                json.path("exclusiveMaximum").asBoolean(false),
                number(json, "minimum"),
                json.path("exclusiveMinimum").asBoolean(false),
                number(json, "multipleOf"));
    }

    private static Sizes sizes(JsonNode json) {
        return new Sizes(
                count(json, "maxLength"),
                count(json, "minLength"),
                count(json, "maxItems"),
                count(json, "minItems"),
                count(json, "maxProperties"),
                count(json, "minProperties"));
    }

    private Combination combination(JsonNode json, String path) {
        JsonNode not = json.get("not");
        return new Combination(
                list(json.path("allOf"), path + ".allOf"),
                list(json.path("anyOf"), path + ".anyOf"),
                list(json.path("oneOf"), path + ".oneOf"),
                not == null || not.isNull() ? null : parse(not, path + ".not"));
    }

    private List<SchemaNode> list(JsonNode schemas, String path) {
        List<SchemaNode> parsed = new ArrayList<>();
        for (JsonNode schema : schemas) {
            parsed.add(parse(schema, path + "[" + parsed.size() + "]"));
        }
        return parsed;
    }

    private @Nullable Pattern pattern(String text, String path) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            errors.add(FieldError.invalid(
                    path + ".pattern", text, "must be a valid regular expression, but isn't: " + e.getMessage()));
            return null;
        }
    }

    private static @Nullable Double number(JsonNode json, String name) {
        JsonNode value = json.path(name);
        return value.isNumber() ? value.doubleValue() : null;
    }

    private static @Nullable Long count(JsonNode json, String name) {
        JsonNode value = json.path(name);
        return value.isNumber() ? (long) value.doubleValue() : null;
    }
}
