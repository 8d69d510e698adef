package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.patch.TypeSchema.FieldType;
import dev.sluice.kubeapi.patch.TypeSchema.ListType;
import dev.sluice.kubeapi.patch.TypeSchema.MapType;
import dev.sluice.kubeapi.patch.TypeSchema.Scalar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads how a type merges from its OpenAPI schema and the {@code x-kubernetes-*} extensions in it. */
final class StructuralTypes {

    private static final String PRESERVE = "x-kubernetes-preserve-unknown-fields";

    private final Function<String, TypeSchema> references;

    /** @param references resolves {@code $ref} */
    StructuralTypes(Function<String, TypeSchema> references) {
        this.references = references;
    }

    /** A custom resource: its metadata is every object's, whatever the schema says of it. */
    static TypeSchema resource(JsonNode schema) {
        StructuralTypes types = new StructuralTypes(name -> TypeSchema.UNTYPED);
        boolean preserve = schema.path(PRESERVE).asBoolean(false);
        return TypeSchema.map(types.embedded(schema, types.object(schema, preserve)));
    }

    TypeSchema type(JsonNode schema, boolean preserveAbove) {
        if (schema.path("$ref").isString()) {
            return references.apply(schema.path("$ref").stringValue());
        }
        boolean preserve = preserveAbove || schema.path(PRESERVE).asBoolean(false);
        return switch (schema.path("type").asString("")) {
            case "object" -> TypeSchema.map(objectOrEmbedded(schema, preserve));
            case "array" -> TypeSchema.list(list(schema, preserve));
            case "integer", "number" -> TypeSchema.scalar(Scalar.NUMBER);
            case "boolean" -> TypeSchema.scalar(Scalar.BOOLEAN);
            case "string" -> TypeSchema.scalar(plainString(schema) ? Scalar.STRING : Scalar.ANY);
            default ->
                new TypeSchema(Scalar.ANY, () -> list(schema, preserve), () -> objectOrEmbedded(schema, preserve));
        };
    }

    private static boolean plainString(JsonNode schema) {
        String format = schema.path("format").asString("");
        return format.isEmpty() || format.equals("byte");
    }

    private MapType objectOrEmbedded(JsonNode schema, boolean preserve) {
        MapType object = object(schema, preserve);
        return schema.path("x-kubernetes-embedded-resource").asBoolean(false) ? embedded(schema, object) : object;
    }

    private MapType embedded(JsonNode schema, MapType object) {
        Map<String, FieldType> fields = new HashMap<>(object.fields());
        fields.put("apiVersion", FieldType.of(TypeSchema.scalar(Scalar.STRING)));
        fields.put("kind", FieldType.of(TypeSchema.scalar(Scalar.STRING)));
        fields.put("metadata", FieldType.of(BuiltInTypes.objectMeta()));
        // without fields of its own, the object was free-form before these three were added
        return new MapType(object.atomic(), fields, others(schema, object), object.retainKeys());
    }

    private static @Nullable TypeSchema others(JsonNode schema, MapType object) {
        boolean closed = schema.path("properties").isEmpty()
                && !schema.path(PRESERVE).asBoolean(false)
                && !schema.has("additionalProperties");
        return closed ? null : object.others();
    }

    private MapType object(JsonNode schema, boolean preserve) {
        Map<String, FieldType> fields = new HashMap<>();
        schema.path("properties")
                .properties()
                .forEach(property -> fields.put(
                        property.getKey(),
                        new FieldType(
                                type(property.getValue(), preserve),
                                property.getValue().get("default"))));
        boolean atomic = schema.path("x-kubernetes-map-type").asString("").equals("atomic");
        boolean retainKeys =
                schema.path("x-kubernetes-patch-strategy").asString("").contains("retainKeys");
        return new MapType(atomic, fields, unknownFields(schema, preserve), retainKeys);
    }

    private @Nullable TypeSchema unknownFields(JsonNode schema, boolean preserve) {
        JsonNode additional = schema.path("additionalProperties");
        if (additional.isObject()) {
            return type(additional, preserve);
        }
        if (additional.isBoolean()) {
            return additional.booleanValue() ? TypeSchema.DEDUCED : null;
        }
        return preserve || schema.path("properties").isEmpty() ? TypeSchema.DEDUCED : null;
    }

    private ListType list(JsonNode schema, boolean preserve) {
        TypeSchema items = schema.path("items").isObject() ? type(schema.path("items"), preserve) : TypeSchema.UNTYPED;
        List<String> keys = schema.path("x-kubernetes-list-map-keys")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        return switch (schema.path("x-kubernetes-list-type").asString("")) {
            case "set" -> new ListType(true, List.of(), items, mergeKey(schema));
            case "map" -> new ListType(true, keys, items, mergeKey(schema));
            default -> new ListType(false, List.of(), items, mergeKey(schema));
        };
    }

    private static @Nullable String mergeKey(JsonNode schema) {
        boolean merge = schema.path("x-kubernetes-patch-strategy").asString("").startsWith("merge");
        return merge ? schema.path("x-kubernetes-patch-merge-key").asString("") : null;
    }
}
