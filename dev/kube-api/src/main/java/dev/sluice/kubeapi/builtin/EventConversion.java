package dev.sluice.kubeapi.builtin;

import dev.sluice.kubeapi.resource.Conversion;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Events are stored as core/v1 has them; events.k8s.io/v1 shows the same under newer names. */
final class EventConversion implements Conversion {

    private static final Map<String, String> SERVED_BY_STORED = Map.of(
            "involvedObject", "regarding",
            "message", "note",
            "reportingComponent", "reportingController",
            "source", "deprecatedSource",
            "firstTimestamp", "deprecatedFirstTimestamp",
            "lastTimestamp", "deprecatedLastTimestamp",
            "count", "deprecatedCount");

    @Override
    public ObjectNode toServed(ObjectNode stored) {
        ObjectNode served = stored.deepCopy().put("apiVersion", "events.k8s.io/v1");
        SERVED_BY_STORED.forEach((from, to) -> rename(served, from, to));
        return served;
    }

    @Override
    public ObjectNode toStored(ObjectNode served) {
        ObjectNode stored = served.deepCopy().put("apiVersion", "v1");
        SERVED_BY_STORED.forEach((to, from) -> rename(stored, from, to));
        return stored;
    }

    private static void rename(ObjectNode node, String from, String to) {
        JsonNode value = node.remove(from);
        if (value != null) {
            node.set(to, value);
        }
    }
}
