package dev.sluice.kubeapi.status;

/** An entry of {@code details.causes}: a field and its error. */
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

    /** Quotes a string like the messages of Kubernetes. */
    public static String quote(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public String toString() {
        return field.isEmpty() ? message : field + ": " + message;
    }
}
