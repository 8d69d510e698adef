package dev.sluice.reconciler.console;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.sluice.artifact.concurrent.LruMap;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.reconciler.text.EscapedText;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lists the events of a generator, only when a client requests its page and at most once in {@link #MAX_AGE}. Caches
 * the events of the generators that were requested last. Thread-safe.
 */
final class EventReader {

    static final Duration MAX_AGE = Duration.ofSeconds(5);

    private static final ApiKind EVENT = new ApiKind("", "v1", "Event", "events");
    private static final int PAGE_SIZE = 500;

    /** The API server returns the oldest events first. */
    private static final int MAX_PAGES = 4;

    private static final int MAX_SHOWN = 20;
    private static final int MAX_MESSAGE = 1_000;
    private static final int MAX_WORD = 128;
    private static final int MAX_GENERATORS = 50;

    private final ApiRequests requests;
    private final LongSupplier nanos;
    private final Map<ObjectKey, Recent<Events>> recent = new LruMap<>(MAX_GENERATORS);

    EventReader(ApiRequests requests, LongSupplier nanos) {
        this.requests = requests;
        this.nanos = nanos;
    }

    /**
     * The newest events.
     *
     * @param notice why there are none; empty if they could be read
     */
    record Events(List<Event> events, String notice) {}

    /**
     * An event.
     *
     * @param last when it last occurred; null if the event does not have the time
     */
    record Event(
            String type,
            String reason,
            String message,
            int count,
            @Nullable Instant last) {}

    Events of(ObjectKey generator) {
        Recent<Events> events;
        synchronized (recent) {
            events = recent.computeIfAbsent(
                    generator,
                    key -> new Recent<>(
                            new Events(List.of(), "The events are being listed."), () -> list(key), MAX_AGE, nanos));
        }
        return events.get();
    }

    private Events list(ObjectKey generator) {
        String selector = "involvedObject.kind=%s,involvedObject.name=%s"
                .formatted(ArtifactGenerator.TYPE.kind().kind(), generator.name());
        Map<String, String> query =
                new HashMap<>(Map.of("fieldSelector", selector, "limit", Integer.toString(PAGE_SIZE)));
        List<Event> events = List.of();
        try {
            for (int page = 0; page < MAX_PAGES; page++) {
                JsonObject list = requests.list(EVENT, generator.namespace(), query, JsonObject.class);
                events = newest(events, list);
                String next = next(list);
                if (next.isEmpty()) {
                    break;
                }
                query.put("continue", next);
            }
            return new Events(events, "");
        } catch (IOException e) {
            boolean forbidden =
                    e instanceof ApiRequestException refused && refused.code() == HttpURLConnection.HTTP_FORBIDDEN;
            return new Events(
                    List.of(),
                    forbidden
                            ? "The service account of the reconciler is not permitted to list events; in the chart, set"
                                    + " console.events=true."
                            : EscapedText.of(String.valueOf(e.getMessage())));
        }
    }

    private static String next(JsonObject list) {
        return list.get("metadata") instanceof JsonObject metadata ? text(metadata, "continue") : "";
    }

    private static List<Event> newest(List<Event> others, JsonObject list) {
        List<Event> events = new ArrayList<>(others);
        if (list.get("items") instanceof JsonArray items) {
            for (JsonElement item : items) {
                if (item instanceof JsonObject event) {
                    events.add(event(event));
                }
            }
        }
        events.sort(Comparator.comparing(Event::last, Comparator.nullsLast(Comparator.reverseOrder())));
        return List.copyOf(events.subList(0, Math.min(MAX_SHOWN, events.size())));
    }

    private static Event event(JsonObject event) {
        JsonObject series = event.get("series") instanceof JsonObject found ? found : new JsonObject();
        String count = text(series, "count").isEmpty() ? text(event, "count") : text(series, "count");
        String last = List.of(
                        text(series, "lastObservedTime"),
                        text(event, "lastTimestamp"),
                        text(event, "eventTime"),
                        text(event, "firstTimestamp"))
                .stream()
                .filter(time -> !time.isEmpty())
                .findFirst()
                .orElse("");
        return new Event(
                Texts.shortened(text(event, "type"), MAX_WORD),
                Texts.shortened(text(event, "reason"), MAX_WORD),
                Texts.shortened(text(event, "message"), MAX_MESSAGE),
                number(count),
                time(last));
    }

    private static String text(JsonObject object, String field) {
        return object.get(field) instanceof JsonPrimitive value ? value.getAsString() : "";
    }

    private static int number(String text) {
        try {
            return text.isEmpty() ? 1 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    private static @Nullable Instant time(String text) {
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
