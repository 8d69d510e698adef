package dev.sluice.kubeapi.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Use of {@code x-kubernetes-list-type} and {@code x-kubernetes-list-map-keys}. */
final class ListKeywords {

    private static final String LIST_TYPE = "x-kubernetes-list-type";
    private static final String MAP_KEYS = "x-kubernetes-list-map-keys";
    private static final String OF_SET = "must be atomic as item of a list with x-kubernetes-list-type=set";

    private final List<FieldError> errors;

    ListKeywords(List<FieldError> errors) {
        this.errors = errors;
    }

    void check(JsonNode schema, String path) {
        JsonNode listType = schema.path(LIST_TYPE);
        String kind = listType.asString("");
        if (listType.isString()) {
            checkListType(schema, kind, path);
        }
        if ((kind.equals("set") || kind.equals("map"))
                && schema.path("items").path("nullable").asBoolean(false)) {
            errors.add(FieldError.forbidden(
                    path + ".items.nullable", "cannot be nullable when x-kubernetes-list-type is " + kind));
        }
        checkKeysNeedMap(schema, listType, path);
        if (kind.equals("map")) {
            checkMap(schema, path);
        }
    }

    private void checkListType(JsonNode schema, String kind, String path) {
        boolean array = checkType(errors, schema, "array", LIST_TYPE, path);
        if (array && kind.equals("set")) {
            checkSetItems(schema.path("items"), path + ".items");
        }
        if (!Set.of("atomic", "set", "map").contains(kind)) {
            errors.add(FieldError.notSupported(
                    path + "." + LIST_TYPE, schema.path(LIST_TYPE), List.of("atomic", "set", "map")));
        }
    }

    /** Whether the type is the one that the keyword needs. */
    static boolean checkType(List<FieldError> errors, JsonNode schema, String wanted, String keyword, String path) {
        String type = schema.path("type").asString("");
        String words = "must be " + wanted + " if " + keyword + " is specified";
        if (type.isEmpty()) {
            errors.add(FieldError.required(path + ".type", words));
        } else if (!type.equals(wanted)) {
            errors.add(FieldError.invalid(path + ".type", type, words));
        }
        return type.equals(wanted);
    }

    private void checkSetItems(JsonNode items, String path) {
        String type = items.path("type").asString("");
        JsonNode listType = items.path(LIST_TYPE);
        if (type.equals("array")
                && listType.isString()
                && !listType.stringValue().equals("atomic")) {
            errors.add(FieldError.invalid(path + "." + LIST_TYPE, listType, OF_SET));
        }
        if (type.equals("object")
                && !items.path("x-kubernetes-map-type").asString("").equals("atomic")) {
            JsonNode shown = listType.isString() ? listType : tools.jackson.databind.node.NullNode.instance;
            errors.add(FieldError.invalid(path + ".x-kubernetes-map-type", shown, OF_SET));
        }
    }

    private void checkKeysNeedMap(JsonNode schema, JsonNode listType, String path) {
        String words = "must be map if x-kubernetes-list-map-keys is non-empty";
        if (!schema.path(MAP_KEYS).isEmpty()) {
            if (!listType.isString()) {
                errors.add(FieldError.required(path + "." + LIST_TYPE, words));
            } else if (!listType.stringValue().equals("map")) {
                errors.add(FieldError.invalid(path + "." + LIST_TYPE, listType, words));
            }
        }
    }

    private void checkMap(JsonNode schema, String path) {
        JsonNode keys = schema.path(MAP_KEYS);
        JsonNode items = schema.path("items");
        if (keys.isEmpty()) {
            errors.add(
                    FieldError.required(path + "." + MAP_KEYS, "must not be empty if x-kubernetes-list-type is map"));
        }
        if (!items.isObject()) {
            errors.add(FieldError.required(path + ".items", "must have a schema if x-kubernetes-list-type is map"));
        } else if (!items.path("type").asString("").equals("object")) {
            errors.add(FieldError.invalid(
                    path + ".items.type",
                    items.path("type").asString(""),
                    "must be object if parent array's x-kubernetes-list-type is map"));
        } else {
            checkKeys(keys, items, path);
        }
    }

    private void checkKeys(JsonNode keys, JsonNode items, String path) {
        Set<String> seen = new HashSet<>();
        Set<String> required = new HashSet<>();
        items.path("required").forEach(name -> required.add(name.asString("")));
        for (JsonNode key : keys) {
            String name = key.asString("");
            JsonNode property = items.path("properties").path(name);
            if (!property.isObject()) {
                errors.add(FieldError.invalid(
                        path + "." + MAP_KEYS, keys, "entries must all be names of item properties"));
            } else {
                checkKey(property, required.contains(name), path + ".items.properties[" + name + "]");
            }
            if (!seen.add(name)) {
                errors.add(FieldError.invalid(path + "." + MAP_KEYS, keys, "must not contain duplicate entries"));
            }
        }
    }

    private void checkKey(JsonNode property, boolean required, String path) {
        String type = property.path("type").asString("");
        if (type.equals("array") || type.equals("object")) {
            errors.add(FieldError.invalid(
                    path + ".type", "object", "must be a scalar type if parent array's x-kubernetes-list-type is map"));
        }
        boolean hasDefault =
                property.has("default") && !property.path("default").isNull();
        if (!required && !hasDefault) {
            errors.add(FieldError.required(
                    path + ".default",
                    "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required"
                            + " property"));
        }
        if (property.path("nullable").asBoolean(false)) {
            errors.add(FieldError.forbidden(
                    path + ".nullable", "this property is in x-kubernetes-list-map-keys, so it cannot be nullable"));
        }
    }
}
