package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.json.GoJsonText;
import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.schema.SchemaNode;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An element of a path as a key of FieldsV1: a field ({@code f:spec}), an item of a list with keys
 * ({@code k:{"type":"Ready"}}), or an item of a set ({@code v:"a"}).
 */
record PathElement(String text) implements Comparable<PathElement> {

    static PathElement field(String name) {
        return new PathElement("f:" + name);
    }

    /** Returns the element of a list item. An item without any of the keys is identified by its whole value. */
    static PathElement item(JsonNode item, SchemaNode list) {
        if (list.isMapList() && item instanceof ObjectNode object) {
            ObjectNode keys = object.deepCopy().retain(list.listMapKeys());
            if (!keys.isEmpty()) {
                return new PathElement("k:" + GoJsonText.compact(keys));
            }
        }
        return new PathElement("v:" + GoJsonText.compact(item));
    }

    /**
     * Parses a key of FieldsV1; returns null for an unknown kind of element, which readers must ignore.
     *
     * @throws IllegalArgumentException if it has no kind, or its value is not JSON
     */
    static @Nullable PathElement parse(String text) {
        if (text.length() < 2 || text.charAt(1) != ':') {
            throw new IllegalArgumentException("missing colon: " + text);
        }
        try {
            return switch (text.charAt(0)) {
                case 'f' -> new PathElement(text);
                case 'k', 'v' ->
                    new PathElement(text.substring(0, 2) + GoJsonText.compact(Json.parse(text.substring(2))));
                default -> null;
            };
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not a path element: " + text, e);
        }
    }

    boolean isField() {
        return text.startsWith("f:");
    }

    /** The text after the kind. */
    String name() {
        return text.substring(2);
    }

    /** Returns the element as in messages: {@code .name}, {@code [name="x"]}, {@code [="x"]}. */
    String display() {
        if (isField()) {
            return "." + name();
        }
        if (text.startsWith("v:")) {
            return "[=" + name() + "]";
        }
        return Json.parse(name()).properties().stream()
                .map(key -> key.getKey() + "=" + GoJsonText.compact(key.getValue()))
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Override
    public int compareTo(PathElement other) {
        return text.compareTo(other.text);
    }
}
