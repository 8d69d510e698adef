package dev.sluice.kubeapi.table;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.schema.Ages;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Values that columns show. */
final class Columns {

    private Columns() {}

    /** How long ago the timestamp was, or what is shown when there is none. */
    static String since(String timestamp, Instant now) {
        if (timestamp.isEmpty()) {
            return "<unknown>";
        }
        try {
            return Ages.words(Duration.between(OffsetDateTime.parse(timestamp).toInstant(), now));
        } catch (DateTimeException e) {
            return "<invalid>";
        }
    }

    static String text(ObjectNode object, String... path) {
        JsonNode node = object;
        for (int i = 0; i < path.length - 1; i++) {
            node = Json.objectAt(node, path[i]);
        }
        return Json.stringAt(node, path[path.length - 1]);
    }
}
