package dev.sluice.kubeapi.status;

/** One entry of {@code details.causes}: which field is wrong and how. */
public record Cause(String reason, String message, String field) {

    public static Cause invalid(String field, String shownValue, String detail) {
        return new Cause("FieldValueInvalid", "Invalid value: " + shownValue + ": " + detail, field);
    }

    public static Cause required(String field, String detail) {
        return new Cause("FieldValueRequired", "Required value" + (detail.isEmpty() ? "" : ": " + detail), field);
    }

    public static Cause forbidden(String field, String detail) {
        return new Cause("FieldValueForbidden", "Forbidden: " + detail, field);
    }

    public static Cause unsupported(String field, String value, String supported) {
        return new Cause(
                "FieldValueNotSupported",
                "Unsupported value: \"" + value + "\": supported values: " + supported,
                field);
    }

    public static Cause tooLong(String field, String detail) {
        return new Cause("FieldValueTooLong", "Too long: " + detail, field);
    }

    /** Quotes a string as the messages of Kubernetes do. */
    public static String quote(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public String toString() {
        return field.isEmpty() ? message : field + ": " + message;
    }
}
