package dev.sluice.kubeapi.table;

import dev.sluice.kubeapi.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The columns of events, which start with when rather than with a name. */
final class EventColumns {

    private EventColumns() {}

    /** The columns; {@code subject} is the field that says what an event is about. */
    static List<Column> of(String subject) {
        return List.of(
                Column.computed("Last Seen", "When the event was seen last.", 0, EventColumns::lastSeen),
                Column.text("Type", "Normal or Warning.", "type"),
                Column.text("Reason", "Why the event was recorded.", "reason"),
                Column.computed("Object", "What the event is about.", 0, (event, now) -> object(event, subject)),
                Column.text("Subobject", "The part of the object.", subject, "fieldPath")
                        .wide(),
                Column.computed("Source", "Who recorded the event.", 1, (event, now) -> source(event)),
                Column.computed("Message", "What happened.", 0, (event, now) -> message(event)),
                Column.computed("First Seen", "When the event was seen first.", 1, EventColumns::firstSeen),
                Column.computed("Count", "How often the event was seen.", 1, (event, now) -> count(event)),
                BuiltInColumns.NAME.wide());
    }

    private static String object(ObjectNode event, String subject) {
        JsonNode about = Json.objectAt(event, subject);
        String kind = Json.stringAt(about, "kind").toLowerCase(Locale.ROOT);
        String name = Json.stringAt(about, "name");
        return name.isEmpty() ? kind : kind + "/" + name;
    }

    private static String message(ObjectNode event) {
        String message = Json.stringAt(event, "message");
        return (message.isEmpty() ? Json.stringAt(event, "note") : message).strip();
    }

    private static String source(ObjectNode event) {
        for (String field : List.of("source", "deprecatedSource")) {
            String component = Json.stringAt(Json.objectAt(event, field), "component");
            if (!component.isEmpty()) {
                String host = Json.stringAt(Json.objectAt(event, field), "host");
                return host.isEmpty() ? component : component + ", " + host;
            }
        }
        String reporting = Json.stringAt(event, "reportingComponent");
        return reporting.isEmpty() ? Json.stringAt(event, "reportingController") : reporting;
    }

    private static String lastSeen(ObjectNode event, Instant now) {
        String series = Json.stringAt(Json.objectAt(event, "series"), "lastObservedTime");
        return Columns.since(
                series.isEmpty() ? first(event, "lastTimestamp", "deprecatedLastTimestamp", "eventTime") : series, now);
    }

    private static String firstSeen(ObjectNode event, Instant now) {
        return Columns.since(first(event, "firstTimestamp", "deprecatedFirstTimestamp", "eventTime"), now);
    }

    private static String count(ObjectNode event) {
        long count = Math.max(
                Json.longAt(Json.objectAt(event, "series"), "count"),
                Math.max(Json.longAt(event, "count"), Json.longAt(event, "deprecatedCount")));
        return Long.toString(Math.max(count, 1));
    }

    private static String first(ObjectNode event, String... fields) {
        for (String field : fields) {
            String time = Json.stringAt(event, field);
            if (!time.isEmpty()) {
                return time;
            }
        }
        return "";
    }
}
