package dev.sluice.controller.event;

import com.google.gson.JsonObject;
import dev.sluice.toolkit.json.ToolkitJson;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Encodes events in the format of the notification-controller, within its limits. */
record NotificationBody(String controller, String instance) {

    /** In characters, as the notification-controller counts. */
    static final int MAX_BYTES = 3 * 1024 * 1024;

    byte[] of(ObjectEvent event) {
        Map<String, String> metadata = new LinkedHashMap<>(event.annotations());
        byte[] body = render(event, metadata);
        while (body.length > MAX_BYTES && !metadata.isEmpty()) {
            // the longest value is the least useful to a reader
            metadata.remove(longest(metadata));
            body = render(event, metadata);
        }
        return body;
    }

    private byte[] render(ObjectEvent event, Map<String, String> metadata) {
        JsonObject body = new JsonObject();
        body.add("involvedObject", ToolkitJson.gson().toJsonTree(event.object()));
        body.addProperty("severity", event.type() == EventType.WARNING ? "error" : "info");
        body.addProperty(
                "timestamp", event.time().truncatedTo(ChronoUnit.SECONDS).toString());
        body.addProperty("message", event.message());
        body.addProperty("action", event.action());
        body.addProperty("reason", event.reason());
        if (!metadata.isEmpty()) {
            JsonObject facts = new JsonObject();
            metadata.forEach(facts::addProperty);
            body.add("metadata", facts);
        }
        body.addProperty("reportingController", controller);
        body.addProperty("reportingInstance", instance);
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String longest(Map<String, String> metadata) {
        return metadata.entrySet().stream()
                .max(Comparator.comparingInt(entry -> entry.getValue().length()))
                .orElseThrow()
                .getKey();
    }
}
