package dev.sluice.kubeapi.table;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.schema.Ages;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The printer columns of events, which start with the time instead of the name. */
final class EventColumns {

    static final List<Column> ALL = List.of(
            Column.computed("Last Seen", "When the event was seen last.", 0, EventColumns::lastSeen),
            Column.text("Type", "Normal or Warning.", "type"),
            Column.text("Reason", "Why the event was recorded.", "reason"),
            Column.computed("Object", "What the event is about.", 0, (event, now) -> object(event)),
            Column.text("Subobject", "The part of the object.", "involvedObject", "fieldPath")
                    .wide(),
            Column.computed("Source", "Who recorded the event.", 1, (event, now) -> source(event)),
            Column.computed(
                    "Message",
                    "What happened.",
                    0,
                    (event, now) -> Column.value(event, "message").strip()),
            Column.computed("First Seen", "When the event was seen first.", 1, EventColumns::firstSeen),
            Column.computed("Count", "How often the event was seen.", 1, (event, now) -> count(event)),
            BuiltInColumns.NAME.wide());

    private EventColumns() {}

    private static String object(ObjectNode event) {
        String kind = Column.value(event, "involvedObject", "kind").toLowerCase(Locale.ROOT);
        return kind + "/" + Column.value(event, "involvedObject", "name");
    }

    private static String source(ObjectNode event) {
        String component = Column.value(event, "source", "component");
        return component.isEmpty() ? Column.value(event, "reportingComponent") : component;
    }

    private static String firstSeen(ObjectNode event, Instant now) {
        String first = Column.value(event, "firstTimestamp");
        return Ages.since(first.isEmpty() ? Column.value(event, "eventTime") : first, now);
    }

    private static String lastSeen(ObjectNode event, Instant now) {
        return Stream.of(
                        Column.value(event, "series", "lastObservedTime"),
                        Column.value(event, "lastTimestamp"),
                        Column.value(event, "eventTime"))
                .filter(time -> !time.isEmpty())
                .findFirst()
                .map(time -> Ages.since(time, now))
                .orElse("<unknown>");
    }

    private static String count(ObjectNode event) {
        long series = Json.longAt(Json.objectAt(event, "series"), "count");
        return Long.toString(Math.max(1, Math.max(series, Json.longAt(event, "count"))));
    }
}
