package dev.sluice.kubeapi.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.sluice.kubeapi.cel.CompiledRule;
import dev.sluice.kubeapi.cel.RuleCompiler;
import dev.sluice.kubeapi.cel.RuleSyntaxException;
import dev.sluice.kubeapi.json.GoJsonText;
import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.status.Cause;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Parses schemas. Rejects only unsupported features; does not check whether a schema is structural and consistent. */
public final class SchemaParser {

    private static final List<String> UNSUPPORTED =
            List.of("$ref", "additionalItems", "definitions", "dependencies", "id", "patternProperties");

    private final List<Cause> errors = new ArrayList<>();

    private SchemaParser() {}

    /**
     * Parses the schema of a custom resource, which can omit the fields that all objects have.
     *
     * @param path path in the CRD, for messages
     * @throws InvalidSchemaException if the schema uses unsupported features or does not compile
     */
    public static SchemaNode customResource(JsonNode schema, String path) throws InvalidSchemaException {
        SchemaParser parser = new SchemaParser();
        if (!schema.path("type").asString("").equals("object")) {
            parser.errors.add(Cause.invalid(path + ".type", GoJsonText.compact(schema.path("type")), "must be object"));
        }
        SchemaNode root = parser.parse(withTypeMeta(schema), path);
        if (!parser.errors.isEmpty()) {
            throw new InvalidSchemaException(parser.errors);
        }
        return root;
    }

    /**
     * Returns the schema of a built-in kind.
     *
     * @param name a name such as {@code v1/Secret}
     */
    public static SchemaNode builtIn(String name) {
        return new SchemaParser().parse(BuiltInSchemas.named(name), "");
    }

    /** Adds apiVersion, kind and metadata. */
    private static ObjectNode withTypeMeta(JsonNode schema) {
        ObjectNode resource = (ObjectNode) schema.deepCopy();
        ObjectNode properties = Json.objectAt(resource, "properties");
        properties.putObject("apiVersion").put("type", "string");
        properties.putObject("kind").put("type", "string");
        properties.set("metadata", BuiltInSchemas.named("ObjectMeta"));
        resource.set("properties", properties);
        return resource;
    }

    private SchemaNode parse(JsonNode written, String path) {
        boolean embedded = written.path("x-kubernetes-embedded-resource").asBoolean(false);
        JsonNode json = embedded ? withTypeMeta(written) : written;
        checkKeywords(json, path);
        return new SchemaNode(
                json,
                properties(json.path("properties"), path + ".properties"),
                child(json, "additionalProperties", path),
                child(json, "items", path),
                combinations(json, path),
                pattern(json.path("pattern").asString(""), path + ".pattern"),
                rules(json, path + ".x-kubernetes-validations"));
    }

    private void checkKeywords(JsonNode json, String path) {
        for (String keyword : UNSUPPORTED) {
            if (json.hasNonNull(keyword)) {
                errors.add(Cause.forbidden(path + "." + keyword, keyword + " is not supported"));
            }
        }
    }

    private Map<String, SchemaNode> properties(JsonNode json, String path) {
        Map<String, SchemaNode> properties = new LinkedHashMap<>();
        json.properties()
                .forEach(property -> properties.put(
                        property.getKey(), parse(property.getValue(), path + "[" + property.getKey() + "]")));
        return properties;
    }

    private @Nullable SchemaNode child(JsonNode json, String keyword, String path) {
        return json.path(keyword).isObject() ? parse(json.path(keyword), path + "." + keyword) : null;
    }

    private Map<String, List<SchemaNode>> combinations(JsonNode json, String path) {
        Map<String, List<SchemaNode>> combinations = new LinkedHashMap<>();
        for (String keyword : List.of("allOf", "anyOf", "oneOf")) {
            List<SchemaNode> schemas = new ArrayList<>();
            json.path(keyword)
                    .forEach(one -> schemas.add(parse(one, path + "." + keyword + "[" + schemas.size() + "]")));
            combinations.put(keyword, schemas);
        }
        SchemaNode not = child(json, "not", path);
        combinations.put("not", not == null ? List.of() : List.of(not));
        return combinations;
    }

    private @Nullable Pattern pattern(String text, String path) {
        try {
            return text.isEmpty() ? null : Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            errors.add(Cause.invalid(
                    path, Cause.quote(text), "must be a valid regular expression, but isn't: " + e.getMessage()));
            return null;
        }
    }

    private List<CompiledRule> rules(JsonNode json, String path) {
        List<CompiledRule> rules = new ArrayList<>();
        int index = 0;
        for (JsonNode rule : json.path("x-kubernetes-validations")) {
            String text = rule.path("rule").asString("");
            try {
                rules.add(RuleCompiler.compile(text, rule.path("message").asString(""), json));
            } catch (RuleSyntaxException e) {
                errors.add(Cause.invalid(
                        path + "[" + index + "].rule", Cause.quote(text), String.valueOf(e.getMessage())));
            }
            index++;
        }
        return rules;
    }
}
