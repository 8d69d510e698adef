package dev.sluice.kubeapi.table;

import dev.sluice.kubeapi.schema.Ages;
import java.time.Instant;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** A printer column of a built-in kind. */
record Column(
        String name,
        String type,
        String format,
        String description,
        int priority,
        BiFunction<ObjectNode, Instant, JsonNode> cell) {

    static Column text(String name, String description, String... path) {
        return computed(name, description, 0, (object, now) -> value(object, path));
    }

    /** A column with the time since the timestamp at {@code path}. */
    static Column age(String name, String description, String... path) {
        return computed(name, description, 0, (object, now) -> Ages.since(value(object, path), now));
    }

    static Column computed(
            String name, String description, int priority, BiFunction<ObjectNode, Instant, String> cell) {
        return new Column(
                name,
                "string",
                "",
                description,
                priority,
                (object, now) -> StringNode.valueOf(cell.apply(object, now)));
    }

    Column wide() {
        return new Column(name, type, format, description, 1, cell);
    }

    static String value(ObjectNode object, String... path) {
        JsonNode node = object;
        for (String field : path) {
            node = node.path(field);
        }
        return node.asString("");
    }
}
