package dev.sluice.kubeapi.schema;

import dev.sluice.kubeapi.json.JsonText;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * One reason why an object is invalid, a cause in the details of a 422 answer.
 *
 * @param field path from the root of the object; null where the real server names no field
 * @param value what is there; a missing node when the message does not show it
 * @param detail what is wrong with it; may be empty
 */
public record FieldError(@Nullable String field, Type type, JsonNode value, String detail) {

    /** What kind of fault it is. */
    public enum Type {
        REQUIRED("FieldValueRequired", "Required value", false),
        INVALID("FieldValueInvalid", "Invalid value", true),
        TYPE_INVALID("FieldValueTypeInvalid", "Invalid value", true),
        NOT_SUPPORTED("FieldValueNotSupported", "Unsupported value", true),
        DUPLICATE("FieldValueDuplicate", "Duplicate value", true),
        FORBIDDEN("FieldValueForbidden", "Forbidden", false),
        TOO_LONG("FieldValueTooLong", "Too long", false),
        TOO_MANY("FieldValueTooMany", "Too many", true),
        INTERNAL("InternalError", "Internal error", false);

        private final String reason;
        private final String words;
        private final boolean showsValue;

        Type(String reason, String words, boolean showsValue) {
            this.reason = reason;
            this.words = words;
            this.showsValue = showsValue;
        }

        /** The reason of the cause. */
        public String reason() {
            return reason;
        }
    }

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static FieldError required(@Nullable String field, String detail) {
        return new FieldError(field, Type.REQUIRED, JSON.missingNode(), detail);
    }

    static FieldError invalid(@Nullable String field, JsonNode value, String detail) {
        return new FieldError(field, Type.INVALID, value, detail);
    }

    static FieldError invalid(@Nullable String field, String value, String detail) {
        return invalid(field, JSON.stringNode(value), detail);
    }

    /** With a value that is already in the words of the message. */
    static FieldError invalidShown(@Nullable String field, String shown, String detail) {
        return new FieldError(field, Type.INVALID, JSON.missingNode(), shown + ": " + detail);
    }

    static FieldError forbidden(@Nullable String field, String detail) {
        return new FieldError(field, Type.FORBIDDEN, JSON.missingNode(), detail);
    }

    static FieldError duplicate(@Nullable String field, JsonNode value) {
        return new FieldError(field, Type.DUPLICATE, value, "");
    }

    static FieldError notSupported(@Nullable String field, JsonNode value, List<String> supported) {
        String detail = supported.stream().map(JsonText::quoted).collect(Collectors.joining(", "));
        return new FieldError(field, Type.NOT_SUPPORTED, value, detail.isEmpty() ? "" : "supported values: " + detail);
    }

    static FieldError tooLong(@Nullable String field, long maxBytes) {
        String unit = maxBytes == 1 ? " byte" : " bytes";
        return new FieldError(field, Type.TOO_LONG, JSON.missingNode(), "may not be more than " + maxBytes + unit);
    }

    static FieldError tooMany(@Nullable String field, long actual, long max) {
        String unit = max == 1 ? " item" : " items";
        return new FieldError(field, Type.TOO_MANY, JSON.numberNode(actual), "must have at most " + max + unit);
    }

    /** The message of the cause: without the field. */
    public String body() {
        String text = type.words;
        if (type.showsValue && !value.isMissingNode()) {
            text += ": " + (value.isString() ? JsonText.quoted(value.stringValue()) : JsonText.compact(value));
        }
        return detail.isEmpty() ? text : text + ": " + detail;
    }

    /** Field and message, as in the message of the whole answer. */
    @Override
    public String toString() {
        return (field == null ? "<nil>" : field) + ": " + body();
    }
}
