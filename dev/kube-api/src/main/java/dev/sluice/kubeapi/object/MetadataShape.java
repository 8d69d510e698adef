package dev.sluice.kubeapi.object;

import dev.sluice.kubeapi.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The declared fields of {@code metadata}: unknown ones are dropped, wrongly typed ones refused. */
public final class MetadataShape {

    private enum Type {
        STRING,
        INTEGER,
        BOOLEAN,
        STRING_MAP,
        STRING_LIST,
        OWNERS,
        OBJECTS
    }

    private static final Map<String, Type> FIELDS = Map.ofEntries(
            Map.entry("name", Type.STRING),
            Map.entry("generateName", Type.STRING),
            Map.entry("namespace", Type.STRING),
            Map.entry("selfLink", Type.STRING),
            Map.entry("uid", Type.STRING),
            Map.entry("resourceVersion", Type.STRING),
            Map.entry("generation", Type.INTEGER),
            Map.entry("creationTimestamp", Type.STRING),
            Map.entry("deletionTimestamp", Type.STRING),
            Map.entry("deletionGracePeriodSeconds", Type.INTEGER),
            Map.entry("labels", Type.STRING_MAP),
            Map.entry("annotations", Type.STRING_MAP),
            Map.entry("ownerReferences", Type.OWNERS),
            Map.entry("finalizers", Type.STRING_LIST),
            Map.entry("managedFields", Type.OBJECTS));

    private static final Map<String, Type> OWNER_FIELDS = Map.of(
            "apiVersion", Type.STRING,
            "kind", Type.STRING,
            "name", Type.STRING,
            "uid", Type.STRING,
            "controller", Type.BOOLEAN,
            "blockOwnerDeletion", Type.BOOLEAN);

    private MetadataShape() {}

    /** The paths that metadata does not know. */
    public static List<String> unknownFields(JsonNode object) {
        List<String> unknown = new ArrayList<>();
        JsonNode metadata = Json.objectAt(object, "metadata");
        metadata.propertyNames().forEach(name -> {
            if (!FIELDS.containsKey(name)) {
                unknown.add("metadata." + name);
            }
        });
        int i = 0;
        for (JsonNode owner : Json.arrayAt(metadata, "ownerReferences")) {
            for (String name : owner.propertyNames()) {
                if (!OWNER_FIELDS.containsKey(name)) {
                    unknown.add("metadata.ownerReferences[" + i + "]." + name);
                }
            }
            i++;
        }
        return unknown;
    }

    /**
     * Drops what metadata does not know, nulls, and empty lists and maps.
     *
     * @throws MetadataTypeException when a value is of the wrong type
     */
    public static void coerce(ObjectNode object) {
        JsonNode metadata = object.get("metadata");
        if (metadata == null || metadata.isNull()) {
            object.putObject("metadata");
            return;
        }
        if (!(metadata instanceof ObjectNode fields)) {
            throw new MetadataTypeException("metadata", "ObjectMeta", metadata);
        }
        coerceFields(fields, FIELDS, "metadata");
        Json.arrayAt(fields, "ownerReferences")
                .forEach(owner -> coerceFields((ObjectNode) owner, OWNER_FIELDS, "metadata.ownerReferences"));
    }

    private static void coerceFields(ObjectNode fields, Map<String, Type> types, String path) {
        for (String name : List.copyOf(fields.propertyNames())) {
            Type type = types.get(name);
            JsonNode value = fields.get(name);
            if (type == null || value == null || value.isNull() || (value.isContainer() && value.isEmpty())) {
                fields.remove(name);
            } else {
                check(path + "." + name, type, value);
            }
        }
    }

    private static void check(String path, Type type, JsonNode value) {
        switch (type) {
            case STRING -> require(value.isString(), path, "string", value);
            case INTEGER -> require(value.isIntegralNumber(), path, "int64", value);
            case BOOLEAN -> require(value.isBoolean(), path, "bool", value);
            case STRING_MAP -> {
                require(value.isObject(), path, "map[string]string", value);
                nullsToEmpty((ObjectNode) value);
                value.forEach(v -> require(v.isString(), path, "string", v));
            }
            case STRING_LIST -> {
                require(value.isArray(), path, "[]string", value);
                value.forEach(v -> require(v.isString(), path, "string", v));
            }
            case OWNERS -> {
                require(value.isArray(), path, "[]v1.OwnerReference", value);
                value.forEach(v -> require(v.isObject(), path, "v1.OwnerReference", v));
            }
            case OBJECTS -> {
                require(value.isArray(), path, "[]v1.ManagedFieldsEntry", value);
                value.forEach(v -> require(v.isObject(), path, "v1.ManagedFieldsEntry", v));
            }
        }
    }

    /** A null in a map of strings is decoded as the empty string. */
    private static void nullsToEmpty(ObjectNode map) {
        for (String key : List.copyOf(map.propertyNames())) {
            JsonNode value = map.get(key);
            if (value != null && value.isNull()) {
                map.put(key, "");
            }
        }
    }

    private static void require(boolean fits, String path, String type, @Nullable JsonNode found) {
        if (!fits) {
            throw new MetadataTypeException(path, type, found);
        }
    }
}
