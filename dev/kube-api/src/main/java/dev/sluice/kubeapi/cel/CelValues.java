package dev.sluice.kubeapi.cel;

import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Objects as expressions see them: only the declared fields, each with the type that its schema gives it. */
final class CelValues {

    private static final JsonNode STRING = JsonNodeFactory.instance.objectNode().put("type", "string");

    private CelValues() {}

    /** What does not have the declared type is passed as it is; the expression fails on it then. */
    static Object of(JsonNode value, JsonNode schema, boolean resource) {
        if (value.isObject()) {
            return schema.path("additionalProperties").isObject()
                    ? map(value, schema.path("additionalProperties"))
                    : struct(value, schema, resource);
        }
        if (value.isArray()) {
            return list(value, schema.path("items"));
        }
        if (value.isString()) {
            return string(value.stringValue(), schema.path("format").asString(""));
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isNumber()) {
            return number(value, schema.path("type").asString(""));
        }
        return NullValue.NULL_VALUE;
    }

    private static Object number(JsonNode value, String type) {
        boolean exact = value.isIntegralNumber() && value.canConvertToLong();
        boolean whole = exact || (type.equals("integer") && isWhole(value.doubleValue()));
        if (whole && !type.equals("number")) {
            return exact ? value.longValue() : (long) value.doubleValue();
        }
        return value.doubleValue();
    }

    private static boolean isWhole(double number) {
        return number == Math.rint(number);
    }

    private static Map<String, Object> map(JsonNode value, JsonNode schema) {
        Map<String, Object> map = new HashMap<>();
        value.properties()
                .forEach(
                        entry -> map.put(entry.getKey(), of(entry.getValue(), schema, SchemaTypes.isResource(schema))));
        return map;
    }

    private static List<Object> list(JsonNode value, JsonNode schema) {
        List<Object> list = new ArrayList<>();
        value.forEach(item -> list.add(of(item, schema, SchemaTypes.isResource(schema))));
        return list;
    }

    private static Map<String, Object> struct(JsonNode value, JsonNode schema, boolean resource) {
        Map<String, Object> struct = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            JsonNode declared = schema.path("properties").path(entry.getKey());
            String name = CelNames.escaped(entry.getKey());
            if (name != null && declared.isObject()) {
                struct.put(name, of(entry.getValue(), declared, SchemaTypes.isResource(declared)));
            }
        }
        if (resource) {
            addMeta(struct, value);
        }
        return struct;
    }

    private static void addMeta(Map<String, Object> struct, JsonNode value) {
        for (String name : List.of("apiVersion", "kind")) {
            if (value.has(name)) {
                struct.put(name, of(value.path(name), STRING, false));
            }
        }
        if (value.path("metadata").isObject()) {
            Map<String, Object> metadata = new HashMap<>();
            for (String name : List.of("name", "generateName")) {
                if (value.path("metadata").has(name)) {
                    metadata.put(name, of(value.path("metadata").path(name), STRING, false));
                }
            }
            struct.put("metadata", metadata);
        }
    }

    private static Object string(String text, String format) {
        try {
            return switch (format) {
                case "byte" -> CelByteString.of(Base64.getDecoder().decode(text));
                case "duration" -> GoDuration.parse(text);
                case "date" ->
                    LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
                case "date-time" -> OffsetDateTime.parse(text).toInstant();
                default -> text;
            };
        } catch (DateTimeException | IllegalArgumentException e) {
            // the format check of the schema reports it
            return text;
        }
    }
}
