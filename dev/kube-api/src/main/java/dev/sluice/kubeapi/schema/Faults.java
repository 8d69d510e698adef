package dev.sluice.kubeapi.schema;

import dev.sluice.kubeapi.json.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Words of the real server for faults of values.
 *
 * @param base path of the checked value in its object; messages name fields without it
 */
record Faults(String base) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private @Nullable String field(String path) {
        String relative = path.startsWith(".") ? path.substring(1) : path;
        if (relative.isEmpty()) {
            return base.isEmpty() ? null : base;
        }
        return base.isEmpty() ? relative : base + "." + relative;
    }

    FieldError type(String path, String expected, String found) {
        String detail = path + " in body must be of type " + expected + ": " + JsonText.quoted(found);
        return new FieldError(field(path), FieldError.Type.TYPE_INVALID, JSON.stringNode(found), detail);
    }

    FieldError required(String path) {
        return FieldError.required(field(path), "");
    }

    FieldError notAmong(String path, JsonNode value, List<JsonNode> allowed) {
        List<String> shown = allowed.stream()
                .map(item -> item.isString() ? item.stringValue() : JsonText.compact(item))
                .toList();
        return FieldError.notSupported(field(path), value, shown);
    }

    FieldError tooLong(String path, long max) {
        return FieldError.tooLong(field(path), max);
    }

    FieldError tooMany(String path, long actual, long max) {
        return FieldError.tooMany(field(path), actual, max);
    }

    FieldError count(String path, long actual, String words) {
        return FieldError.invalid(field(path), JSON.numberNode(actual), path + " in body " + words);
    }

    FieldError value(String path, JsonNode value, String words) {
        return FieldError.invalid(field(path), value, path + " in body " + words);
    }

    /** The real server names no field for these, only the path within the message. */
    FieldError combined(String path, String words) {
        return FieldError.invalid(base.isEmpty() ? null : base, "", JsonText.quoted(path) + words);
    }
}
