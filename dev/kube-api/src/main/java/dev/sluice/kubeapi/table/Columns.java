package dev.sluice.kubeapi.table;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.resource.Endpoint;
import dev.sluice.kubeapi.resource.PrinterColumn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Which columns the tables of a resource have. */
final class Columns {

    private Columns() {}

    static List<Column> of(Endpoint endpoint, Instant now) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column(
                "Name", "string", "name", "Name must be unique within a namespace.", 0, at("metadata", "name")));
        List<PrinterColumn> defined = endpoint.version().columns();
        if (endpoint.resource().custom()) {
            defined.forEach(column -> columns.add(custom(column, now)));
            if (defined.isEmpty()) {
                columns.add(age(now));
            }
        } else {
            columns.addAll(BuiltInColumns.of(endpoint, now));
        }
        return columns;
    }

    static Column age(Instant now) {
        return new Column(
                "Age",
                "string",
                "",
                "CreationTimestamp is a timestamp representing the server time when this object was created.",
                0,
                since(now, "metadata", "creationTimestamp"));
    }

    private static Column custom(PrinterColumn column, Instant now) {
        return new Column(
                column.name(),
                column.type(),
                column.format(),
                column.description(),
                column.priority(),
                object -> cell(column, object, now));
    }

    private static JsonNode cell(PrinterColumn column, ObjectNode object, Instant now) {
        JsonNode value = object;
        for (String field : column.jsonPath().replaceFirst("^\\.", "").split("\\.", -1)) {
            value = value.path(field);
        }
        if (value.isMissingNode()) {
            return NullNode.getInstance();
        }
        return column.type().equals("date") ? StringNode.valueOf(Age.since(value.asString(""), now)) : value;
    }

    static Function<ObjectNode, JsonNode> since(Instant now, String... path) {
        return object -> StringNode.valueOf(Age.since(text(object, path), now));
    }

    static Function<ObjectNode, JsonNode> at(String... path) {
        return object -> StringNode.valueOf(text(object, path));
    }

    static String text(ObjectNode object, String... path) {
        JsonNode node = object;
        for (int i = 0; i < path.length - 1; i++) {
            node = Json.objectAt(node, path[i]);
        }
        return Json.stringAt(node, path[path.length - 1]);
    }
}
