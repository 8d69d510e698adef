package dev.sluice.kubeapi.table;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.resource.Endpoint;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The columns that Kubernetes prints for its own kinds, after the name. */
final class BuiltInColumns {

    private BuiltInColumns() {}

    static List<Column> of(Endpoint endpoint, Instant now) {
        Column age = Columns.age(now);
        return switch (endpoint.resource().names().kind()) {
            case "Namespace" -> List.of(Column.text("Status", Columns.at("status", "phase")), age);
            case "ConfigMap" -> List.of(count("Data", "data", "binaryData"), age);
            case "Secret" -> List.of(Column.text("Type", Columns.at("type")), count("Data", "data"), age);
            case "ServiceAccount" -> List.of(count("Secrets", "secrets"), age);
            case "Lease" -> List.of(Column.text("Holder", Columns.at("spec", "holderIdentity")), age);
            case "CustomResourceDefinition" ->
                List.of(Column.text("Created At", Columns.at("metadata", "creationTimestamp")));
            case "Event" -> events(endpoint.resource().group().isEmpty() ? "involvedObject" : "regarding", now);
            default -> List.of(age);
        };
    }

    private static Column count(String name, String... fields) {
        Function<ObjectNode, JsonNode> cell = object -> {
            int count = 0;
            for (String field : fields) {
                JsonNode value = object.get(field);
                count += value == null ? 0 : value.size();
            }
            return IntNode.valueOf(count);
        };
        return new Column(name, "string", "", "Number of entries", 0, cell);
    }

    private static List<Column> events(String subject, Instant now) {
        Function<ObjectNode, JsonNode> object = event -> {
            JsonNode about = Json.objectAt(event, subject);
            String kind = Json.stringAt(about, "kind").toLowerCase(Locale.ROOT);
            String name = Json.stringAt(about, "name");
            return StringNode.valueOf(name.isEmpty() ? kind : kind + "/" + name);
        };
        Column name = Column.text("Name", Columns.at("metadata", "name"));
        return List.of(
                name,
                Column.text("Last Seen", event -> StringNode.valueOf(Age.since(lastSeen(event), now))),
                Column.text("Type", Columns.at("type")),
                Column.text("Reason", Columns.at("reason")),
                Column.text("Object", object),
                Column.text("Message", event -> StringNode.valueOf(message(event))));
    }

    private static String message(ObjectNode event) {
        String message = Json.stringAt(event, "message");
        return (message.isEmpty() ? Json.stringAt(event, "note") : message).strip();
    }

    private static String lastSeen(ObjectNode event) {
        for (String field : List.of("lastTimestamp", "deprecatedLastTimestamp", "eventTime", "firstTimestamp")) {
            String time = Json.stringAt(event, field);
            if (!time.isEmpty()) {
                return time;
            }
        }
        return "";
    }
}
