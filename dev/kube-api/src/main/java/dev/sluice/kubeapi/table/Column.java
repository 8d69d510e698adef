package dev.sluice.kubeapi.table;

import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One column: what kubectl is told about it, and how an object fills it. */
record Column(
        String name,
        String type,
        String format,
        String description,
        int priority,
        Function<ObjectNode, JsonNode> cell) {

    static Column text(String name, Function<ObjectNode, JsonNode> cell) {
        return new Column(name, "string", "", name + " of the object", 0, cell);
    }
}
