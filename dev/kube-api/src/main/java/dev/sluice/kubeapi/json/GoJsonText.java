package dev.sluice.kubeapi.json;

import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Writes JSON like Go, for messages and for the keys of {@code managedFields}. */
public final class GoJsonText {

    private GoJsonText() {}

    /** Returns compact JSON with sorted keys; {@code 1.0} becomes {@code 1}. */
    public static String compact(JsonNode node) {
        return Json.text(canonical(node));
    }

    private static JsonNode canonical(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode sorted = Json.object();
            new TreeSet<>(object.propertyNames()).forEach(name -> sorted.set(name, canonical(object.path(name))));
            return sorted;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode items = Json.array();
            array.forEach(item -> items.add(canonical(item)));
            return items;
        }
        boolean whole = node.isFloatingPointNumber() && node.doubleValue() == (long) node.doubleValue();
        return whole ? Json.number((long) node.doubleValue()) : node;
    }

    /** Returns a string in double quotes. */
    public static String quoted(String text) {
        return Json.text(StringNode.valueOf(text));
    }
}
