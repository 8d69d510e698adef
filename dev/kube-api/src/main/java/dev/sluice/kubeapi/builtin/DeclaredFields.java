package dev.sluice.kubeapi.builtin;

import dev.sluice.kubeapi.json.Json;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads an object as the Go type of a built-in kind would: unknown fields are left out, and nulls; a value of another
 * type is an error.
 */
final class DeclaredFields {

    /** A value that does not fit its field; the message is Kubernetes'. */
    static final class MismatchException extends Exception {

        private static final long serialVersionUID = 1L;

        MismatchException(String message) {
            super(message, null, false, false);
        }
    }

    private final String kind;
    private final List<String> unknown = new ArrayList<>();

    private DeclaredFields(String kind) {
        this.kind = kind;
    }

    /**
     * Makes {@code object} fit the type, in place; metadata is left alone, it has rules of its own.
     *
     * @return the paths of the fields that were left out
     */
    static List<String> coerce(ObjectNode object, String typeName, String kind) throws MismatchException {
        DeclaredFields fields = new DeclaredFields(kind);
        fields.object(object, DeclaredTypes.named(typeName), "");
        return fields.unknown;
    }

    private void object(ObjectNode object, JsonNode type, String path) throws MismatchException {
        JsonNode properties = type.path("properties");
        JsonNode others = type.path("additionalProperties");
        for (String name : List.copyOf(object.propertyNames())) {
            JsonNode value = object.path(name);
            String at = path.isEmpty() ? name : path + "." + name;
            JsonNode declared = properties.has(name) ? properties.path(name) : others;
            if (path.isEmpty() && name.equals("metadata")) {
                continue;
            }
            if (declared.isMissingNode() && !isOpen(type)) {
                unknown.add(at);
                object.remove(name);
            } else if (value.isNull() && !others.isObject() && !isOpen(declared)) {
                object.remove(name);
            } else {
                value(value, DeclaredTypes.resolved(declared), at);
            }
            if (path.isEmpty() && value.isEmpty() && (value.isArray() || declared.has("additionalProperties"))) {
                object.remove(name); // as Go leaves empty lists and maps out
            }
        }
    }

    /** Whether the type takes anything. */
    private static boolean isOpen(JsonNode type) {
        return Json.booleanAt(type, "x-kubernetes-preserve-unknown-fields")
                || (!type.has("type") && !type.has("properties") && !type.has("$ref"));
    }

    private void value(JsonNode value, JsonNode type, String path) throws MismatchException {
        switch (Json.stringAt(type, "type")) {
            case "object" -> {
                require(value.isObject(), value, path, "map[string]interface {}");
                object((ObjectNode) value, type, path);
            }
            case "array" -> {
                require(value.isArray(), value, path, "[]interface {}");
                items((ArrayNode) value, DeclaredTypes.resolved(type.path("items")), path);
            }
            case "string" -> string(value, Json.stringAt(type, "format"), path);
            case "integer" -> require(value.isIntegralNumber(), value, path, "int32");
            case "number" -> require(value.isNumber(), value, path, "float64");
            case "boolean" -> require(value.isBoolean(), value, path, "bool");
            default -> {}
        }
    }

    private void items(ArrayNode array, JsonNode type, String path) throws MismatchException {
        int i = 0;
        for (JsonNode item : array) {
            value(item, type, path + "[" + i + "]");
            i++;
        }
    }

    private void string(JsonNode value, String format, String path) throws MismatchException {
        require(value.isString() || value.isNull(), value, path, "string");
        if (format.equals("date-time") && value.isString()) {
            requireTime(value.stringValue());
        } else if (format.equals("byte") && value.isString()) {
            requireBase64(value.stringValue());
        }
    }

    private static void requireTime(String text) throws MismatchException {
        try {
            OffsetDateTime.parse(text);
        } catch (DateTimeException e) {
            throw new MismatchException("parsing time \"" + text
                    + "\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"" + text + "\" as \"2006\"");
        }
    }

    private static void requireBase64(String text) throws MismatchException {
        try {
            Base64.getDecoder().decode(text.replaceAll("[\\r\\n]", ""));
        } catch (IllegalArgumentException e) {
            throw new MismatchException("illegal base64 data at input byte " + firstInvalid(text));
        }
    }

    private static int firstInvalid(String text) {
        int i = 0;
        while (i < text.length()
                && (Character.isLetterOrDigit(text.charAt(i)) || "+/\r\n".indexOf(text.charAt(i)) >= 0)) {
            i++;
        }
        return i;
    }

    private void require(boolean fits, JsonNode value, String path, String type) throws MismatchException {
        if (!fits) {
            String found =
                    value.isBoolean() ? "bool" : value.getNodeType().name().toLowerCase(Locale.ROOT);
            throw new MismatchException("json: cannot unmarshal " + found + " into Go struct field " + kind + "."
                    + path.replaceAll("\\[[0-9]+]", "") + " of type " + type);
        }
    }
}
