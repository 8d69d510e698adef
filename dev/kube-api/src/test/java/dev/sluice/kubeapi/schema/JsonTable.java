package dev.sluice.kubeapi.schema;

import dev.sluice.kubeapi.status.Cause;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads tables of test cases and their expected causes. */
final class JsonTable {

    private JsonTable() {}

    static JsonNode read(String name) throws IOException {
        try (InputStream in = JsonTable.class.getResourceAsStream(name)) {
            return JsonMapper.shared().readTree(Objects.requireNonNull(in, name));
        }
    }

    /** Sorted, because the real server validates fields in random order. */
    static List<String> expected(JsonNode causes) {
        TreeSet<String> lines = new TreeSet<>();
        causes.forEach(cause -> lines.add(line(
                cause.path("field").asString("<nil>"),
                cause.path("reason").asString(""),
                cause.path("message").asString(""))));
        return List.copyOf(lines);
    }

    static List<String> actual(List<Cause> causes) {
        TreeSet<String> lines = new TreeSet<>();
        causes.forEach(cause ->
                lines.add(line(cause.field().isEmpty() ? "<nil>" : cause.field(), cause.reason(), cause.message())));
        return List.copyOf(lines);
    }

    private static String line(String field, String reason, String message) {
        return field + " | " + reason + " | " + message;
    }
}
