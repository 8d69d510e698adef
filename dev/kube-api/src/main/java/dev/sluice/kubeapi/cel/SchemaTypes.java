package dev.sluice.kubeapi.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The types that expressions see, from a schema. Fields without a declared type cannot be named in them. Not thread-safe
 * while types are added.
 */
final class SchemaTypes {

    private final Map<String, CelType> structs = new HashMap<>();

    /** Null when the schema says nothing of the type. */
    @Nullable
    CelType add(JsonNode schema, boolean resource, String name) {
        if (schema.path("x-kubernetes-int-or-string").asBoolean(false)) {
            return SimpleType.DYN;
        }
        return switch (schema.path("type").asString("")) {
            case "array" -> list(schema, name);
            case "object" -> object(schema, resource, name);
            case "string" -> string(schema.path("format").asString(""));
            case "boolean" -> SimpleType.BOOL;
            case "number" -> SimpleType.DOUBLE;
            case "integer" -> SimpleType.INT;
            default -> null;
        };
    }

    static boolean isResource(JsonNode schema) {
        return schema.path("x-kubernetes-embedded-resource").asBoolean(false);
    }

    private @Nullable CelType list(JsonNode schema, String name) {
        JsonNode items = schema.path("items");
        CelType item = items.isObject() ? add(items, isResource(items), name + ".@idx") : null;
        return item == null ? null : ListType.create(item);
    }

    private @Nullable CelType object(JsonNode schema, boolean resource, String name) {
        JsonNode values = schema.path("additionalProperties");
        if (values.isObject()) {
            CelType value = add(values, isResource(values), name + ".@elem");
            return value == null ? null : MapType.create(SimpleType.STRING, value);
        }
        Map<String, CelType> fields = new HashMap<>();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            String field = CelNames.escaped(property.getKey());
            JsonNode type = property.getValue();
            CelType fieldType = field == null ? null : add(type, isResource(type), name + "." + field);
            if (field != null && fieldType != null) {
                fields.put(field, fieldType);
            }
        }
        if (resource) {
            addMeta(fields, name);
        }
        return struct(name, fields);
    }

    private void addMeta(Map<String, CelType> fields, String name) {
        fields.put("apiVersion", SimpleType.STRING);
        fields.put("kind", SimpleType.STRING);
        fields.put(
                "metadata",
                struct(
                        name + ".metadata",
                        new HashMap<>(Map.of("name", SimpleType.STRING, "generateName", SimpleType.STRING))));
    }

    private StructType struct(String name, Map<String, CelType> fields) {
        ImmutableMap<String, CelType> types = ImmutableMap.copyOf(fields);
        StructType struct = StructType.create(name, types.keySet(), field -> Optional.ofNullable(types.get(field)));
        structs.put(name, struct);
        return struct;
    }

    private static CelType string(String format) {
        return switch (format) {
            case "byte" -> SimpleType.BYTES;
            case "duration" -> SimpleType.DURATION;
            case "date", "date-time" -> SimpleType.TIMESTAMP;
            default -> SimpleType.STRING;
        };
    }

    /** What expressions may name, as far as it was added. */
    CelTypeProvider provider() {
        return new ByName(ImmutableMap.copyOf(structs));
    }

    private static final class ByName implements CelTypeProvider {

        private final ImmutableMap<String, CelType> structs;

        ByName(ImmutableMap<String, CelType> structs) {
            this.structs = structs;
        }

        @Override
        public ImmutableCollection<CelType> types() {
            return structs.values();
        }

        @Override
        public Optional<CelType> findType(String name) {
            return Optional.ofNullable(structs.get(name));
        }
    }
}
