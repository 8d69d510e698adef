package dev.sluice.reconciler.offline;

import dev.sluice.reconciler.yaml.YamlDocuments;
import dev.sluice.reconciler.yaml.YamlValues;
import dev.sluice.toolkit.crd.ToolkitCrds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Validates a manifest against the schema in the CustomResourceDefinition, as the API server does, but rejects unknown
 * fields, which the API server drops. Supports the keywords that the CRD uses; {@link
 * dev.sluice.reconciler.spec.SpecValidator} covers the CEL rules.
 */
final class CrdSchema {

    private final Map<String, @Nullable Object> root;

    private CrdSchema(Map<String, @Nullable Object> root) {
        this.root = root;
    }

    /** The schema of the only served version of ArtifactGenerator. */
    static CrdSchema artifactGenerator() throws IOException {
        byte[] manifest = ToolkitCrds.manifest("artifactgenerators").getBytes(StandardCharsets.UTF_8);
        Map<String, @Nullable Object> spec =
                map(YamlDocuments.read(manifest).get(0).get("spec"));
        Map<String, @Nullable Object> version = map(list(spec.get("versions")).get(0));
        return new CrdSchema(map(map(version.get("schema")).get("openAPIV3Schema")));
    }

    /** @throws OfflineException for the first violated rule, with the path of the field */
    void validateSpec(Map<String, @Nullable Object> manifest) throws OfflineException {
        validate("spec", manifest.get("spec"), map(map(root.get("properties")).get("spec")));
    }

    private static void validate(String path, @Nullable Object value, Map<String, @Nullable Object> schema)
            throws OfflineException {
        String type = (String) Objects.requireNonNull(schema.get("type"), path);
        switch (type) {
            case "object" -> validateObject(path, value, schema);
            case "array" -> validateArray(path, value, schema);
            case "string" -> validateString(path, value, schema);
            case "boolean" -> require(value instanceof Boolean, path, "must be true or false: \"%s\"".formatted(value));
            default -> throw new IllegalStateException("the CRD has the type %s at %s".formatted(type, path));
        }
    }

    private static void validateObject(String path, @Nullable Object value, Map<String, @Nullable Object> schema)
            throws OfflineException {
        require(value instanceof Map, path, value == null ? "is required" : "must be a map: \"%s\"".formatted(value));
        Map<String, @Nullable Object> fields = map(value);
        if (schema.get("additionalProperties") instanceof Map<?, ?> values) {
            for (Map.Entry<String, @Nullable Object> field : fields.entrySet()) {
                validate(path + "." + field.getKey(), field.getValue(), map(values));
            }
            return;
        }
        Map<String, @Nullable Object> properties = map(schema.get("properties"));
        // before required fields, because a misspelled field explains a missing one
        for (String field : fields.keySet()) {
            require(properties.containsKey(field), path + "." + field, "is not a field of an ArtifactGenerator");
        }
        for (Object required : list(schema.getOrDefault("required", List.of()))) {
            require(fields.get((String) required) != null, path + "." + required, "is required");
        }
        for (Map.Entry<String, @Nullable Object> field : fields.entrySet()) {
            if (field.getValue() != null) {
                validate(path + "." + field.getKey(), field.getValue(), map(properties.get(field.getKey())));
            }
        }
    }

    private static void validateArray(String path, @Nullable Object value, Map<String, @Nullable Object> schema)
            throws OfflineException {
        require(value instanceof List, path, "must be a list: \"%s\"".formatted(value));
        List<?> items = list(value);
        require(items.size() >= limit(schema, "minItems", 0), path, "must not be empty");
        int maximum = limit(schema, "maxItems", Integer.MAX_VALUE);
        require(items.size() <= maximum, path, "has %d items; the limit is %d".formatted(items.size(), maximum));
        for (int i = 0; i < items.size(); i++) {
            validate("%s[%d]".formatted(path, i), items.get(i), map(schema.get("items")));
        }
    }

    private static void validateString(String path, @Nullable Object value, Map<String, @Nullable Object> schema)
            throws OfflineException {
        require(value instanceof String, path, "must be a string: \"%s\"; quote it".formatted(value));
        String text = (String) Objects.requireNonNull(value);
        int length = text.codePointCount(0, text.length());
        require(length >= limit(schema, "minLength", 0), path, "must not be empty");
        int maximum = limit(schema, "maxLength", Integer.MAX_VALUE);
        require(length <= maximum, path, "has %d characters; the limit is %d".formatted(length, maximum));
        if (schema.get("enum") instanceof List<?> values) {
            String allowed = values.stream().map(String::valueOf).collect(Collectors.joining(", "));
            require(values.contains(text), path, "\"%s\" is not supported; use one of %s".formatted(text, allowed));
        }
        if (schema.get("pattern") instanceof String pattern) {
            require(
                    Pattern.compile(pattern).matcher(text).find(),
                    path,
                    "\"%s\" does not match %s".formatted(text, pattern));
        }
    }

    private static void require(boolean valid, String path, String problem) throws OfflineException {
        if (!valid) {
            throw new OfflineException(path + " " + problem);
        }
    }

    private static int limit(Map<String, @Nullable Object> schema, String keyword, int absent) {
        return schema.get(keyword) instanceof Number number ? number.intValue() : absent;
    }

    private static Map<String, @Nullable Object> map(@Nullable Object value) {
        return YamlValues.map(Objects.requireNonNull(value));
    }

    private static List<?> list(@Nullable Object value) {
        return (List<?>) Objects.requireNonNull(value);
    }
}
