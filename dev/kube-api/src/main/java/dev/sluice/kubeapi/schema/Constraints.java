package dev.sluice.kubeapi.schema;

import com.google.re2j.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a schema asks of a value beyond its type.
 *
 * @param format "" when there is none, or none that is checked
 * @param pattern null when there is none; it need not match the whole value
 */
record Constraints(
        List<JsonNode> enumeration,
        String format,
        @Nullable Pattern pattern,
        Bounds bounds,
        Sizes sizes,
        List<String> required,
        Combination combination) {

    /** Limits of a number, null where there is none. */
    record Bounds(
            @Nullable Double maximum,
            boolean exclusiveMaximum,
            @Nullable Double minimum,
            boolean exclusiveMinimum,
            @Nullable Double multipleOf) {}

    /** Limits of lengths and counts, null where there is none. */
    record Sizes(
            @Nullable Long maxLength,
            @Nullable Long minLength,
            @Nullable Long maxItems,
            @Nullable Long minItems,
            @Nullable Long maxProperties,
            @Nullable Long minProperties) {}

    /** Schemas of which all, any, exactly one or none must match. */
    record Combination(
            List<SchemaNode> allOf,
            List<SchemaNode> anyOf,
            List<SchemaNode> oneOf,
            @Nullable SchemaNode not) {}
}
