package dev.sluice.kubeapi.cel;

import dev.cel.common.values.NullValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Converts objects for CEL: only declared fields; strings stay strings in every format. */
final class CelValues {

    private CelValues() {}

    static Object of(JsonNode value, JsonNode schema) {
        if (value.isObject()) {
            JsonNode values = schema.path("additionalProperties");
            return values.isObject() ? map(value, values) : declared(value, schema.path("properties"));
        }
        if (value.isArray()) {
            List<Object> list = new ArrayList<>();
            value.forEach(item -> list.add(of(item, schema.path("items"))));
            return list;
        }
        if (value.isNumber()) {
            return number(value, schema.path("type").asString(""));
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        return value.isString() ? value.stringValue() : NullValue.NULL_VALUE;
    }

    private static Object number(JsonNode value, String type) {
        boolean whole = value.doubleValue() == Math.rint(value.doubleValue());
        return whole && !type.equals("number") ? (Object) value.longValue() : (Object) value.doubleValue();
    }

    private static Map<String, Object> map(JsonNode value, JsonNode schema) {
        Map<String, Object> map = new HashMap<>();
        value.properties().forEach(entry -> map.put(entry.getKey(), of(entry.getValue(), schema)));
        return map;
    }

    private static Map<String, Object> declared(JsonNode value, JsonNode properties) {
        Map<String, Object> fields = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            String name = CelNames.escaped(entry.getKey());
            if (name != null && properties.has(entry.getKey())) {
                fields.put(name, of(entry.getValue(), properties.path(entry.getKey())));
            }
        }
        return fields;
    }
}
