package dev.sluice.kubeapi.schema;

import dev.sluice.kubeapi.json.JsonOrder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The types that a schema allows.
 *
 * @param names none when every type is
 * @param format "" when there is none
 */
record Types(List<String> names, String format, boolean nullable) {

    static Types of(SchemaNode schema) {
        List<String> names = schema.type().isEmpty() ? List.of() : List.of(schema.type());
        if (schema.extensions().intOrString()) {
            names = List.of("integer", "string");
        }
        return new Types(names, schema.constraints().format(), schema.nullable());
    }

    boolean isOpen() {
        return names.isEmpty() && format.isEmpty();
    }

    /** What the value should be; null when it is. */
    @Nullable
    String mismatch(JsonNode value) {
        if (value.isNull()) {
            return names.isEmpty() || names.contains("null") || nullable ? null : String.join(",", names);
        }
        String found = name(value);
        boolean number = names.contains("number") || names.contains("integer");
        boolean fits = names.contains(found)
                || (names.contains("number") && found.equals("integer"))
                || (names.contains("integer") && isWhole(value));
        if (!format.isEmpty() && !value.isString() && !value.isArray() && !fits) {
            return format;
        }
        if (!format.isEmpty() && !number && (value.isString() || value.isArray())) {
            // with a format, the real server leaves strings to the format and does not look at lists at all
            return null;
        }
        return fits ? null : String.join(",", names);
    }

    /** What the value is, in the words of the message. */
    String found(JsonNode value) {
        boolean byFormat = !format.isEmpty() && !value.isString() && !value.isArray() && !value.isNull();
        return byFormat ? FORMATS_OF_TYPES.getOrDefault(name(value), "") : name(value);
    }

    private static final Map<String, String> FORMATS_OF_TYPES = Map.of("integer", "int64", "number", "double");

    private static String name(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NUMBER -> value.isIntegralNumber() && value.canConvertToLong() ? "integer" : "number";
            default -> "null";
        };
    }

    private static boolean isWhole(JsonNode value) {
        double number = value.isNumber() ? value.doubleValue() : 0.5;
        return number == Math.rint(number) && !Double.isInfinite(number);
    }

    /** A null is never among the values, even when they list it. */
    static boolean isAmong(JsonNode value, List<JsonNode> allowed) {
        return !value.isNull() && allowed.stream().anyMatch(item -> JsonOrder.equal(item, value));
    }
}
