package dev.sluice.kubeapi.schema;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads tables of cases, and the causes that they expect. */
final class JsonTable {

    private JsonTable() {}

    static JsonNode read(String name) throws IOException {
        try (InputStream in = JsonTable.class.getResourceAsStream(name)) {
            return JsonMapper.shared().readTree(Objects.requireNonNull(in, name));
        }
    }

    /** Sorted, because the real server goes through fields in no order. */
    static List<String> expected(JsonNode causes) {
        TreeSet<String> lines = new TreeSet<>();
        causes.forEach(cause -> lines.add(line(
                cause.path("field").asString("<nil>"),
                cause.path("reason").asString(""),
                cause.path("message").asString(""))));
        return List.copyOf(lines);
    }

    static List<String> actual(List<FieldError> errors) {
        TreeSet<String> lines = new TreeSet<>();
        errors.forEach(error -> lines.add(line(
                Objects.requireNonNullElse(error.field(), "<nil>"), error.type().reason(), error.body())));
        return List.copyOf(lines);
    }

    private static String line(String field, String reason, String message) {
        return field + " | " + reason + " | " + message;
    }
}
