package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.json.JsonOrder;
import dev.sluice.kubeapi.json.JsonText;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One step of a path in {@code managedFields}; its text form is a key of FieldsV1. */
sealed interface PathElement extends Comparable<PathElement> {

    /** A field of an object: {@code f:name}. */
    record Field(String name) implements PathElement {}

    /** An item of a list of objects, by its keys: {@code k:{"name":"x"}}. */
    record Key(NavigableMap<String, JsonNode> fields) implements PathElement {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && compareTo(key) == 0;
        }

        @Override
        public int hashCode() {
            return fields.keySet().hashCode();
        }
    }

    /** An item of a set: {@code v:"x"}. */
    record Value(JsonNode value) implements PathElement {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Value that && JsonOrder.equal(value, that.value);
        }

        @Override
        public int hashCode() {
            return Double.hashCode(value.asDouble(0));
        }
    }

    /** An item of a list by its position: {@code i:0}. Never written, but read. */
    record Index(int index) implements PathElement {}

    /**
     * Reads a key of FieldsV1; null for a kind of step that is not known, which readers have to skip.
     *
     * @throws IllegalArgumentException if it has no kind, or its value is no JSON
     */
    static @Nullable PathElement parse(String text) {
        if (text.length() < 2 || text.charAt(1) != ':') {
            throw new IllegalArgumentException("missing colon: " + text);
        }
        String rest = text.substring(2);
        try {
            return switch (text.charAt(0)) {
                case 'f' -> new Field(rest);
                case 'k' -> key(JsonMapper.shared().readTree(rest));
                case 'v' -> new Value(JsonMapper.shared().readTree(rest));
                case 'i' -> new Index(Integer.parseInt(rest));
                default -> null;
            };
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not a path element: " + text, e);
        }
    }

    private static Key key(JsonNode fields) {
        NavigableMap<String, JsonNode> sorted = new TreeMap<>();
        fields.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
        return new Key(sorted);
    }

    /** The key of FieldsV1. */
    default String serialized() {
        if (this instanceof Field field) {
            return "f:" + field.name();
        }
        if (this instanceof Key key) {
            return key.fields().entrySet().stream()
                    .map(field -> JsonText.quoted(field.getKey()) + ":" + JsonText.compact(field.getValue()))
                    .collect(Collectors.joining(",", "k:{", "}"));
        }
        if (this instanceof Value value) {
            return "v:" + JsonText.compact(value.value());
        }
        return "i:" + ((Index) this).index();
    }

    /** As a message to users shows it: {@code .name}, {@code [name="x"]}, {@code ["x"]}. */
    default String display() {
        if (this instanceof Field field) {
            return "." + field.name();
        }
        if (this instanceof Key key) {
            return key.fields().entrySet().stream()
                    .map(field -> field.getKey() + "=" + shown(field.getValue()))
                    .collect(Collectors.joining(",", "[", "]"));
        }
        if (this instanceof Value value) {
            return "[=" + shown(value.value()) + "]";
        }
        return "[" + ((Index) this).index() + "]";
    }

    private static String shown(JsonNode value) {
        return value.isString() ? JsonText.quoted(value.stringValue()) : JsonText.compact(value);
    }

    @Override
    default int compareTo(PathElement other) {
        int order = Integer.compare(rank(this), rank(other));
        if (order != 0) {
            return order;
        }
        if (this instanceof Field field) {
            return field.name().compareTo(((Field) other).name());
        }
        if (this instanceof Key key) {
            return compare(key.fields(), ((Key) other).fields());
        }
        if (this instanceof Value value) {
            return JsonOrder.INSTANCE.compare(value.value(), ((Value) other).value());
        }
        return Integer.compare(((Index) this).index(), ((Index) other).index());
    }

    private static int rank(PathElement element) {
        if (element instanceof Field) {
            return 0;
        }
        if (element instanceof Key) {
            return 1;
        }
        return element instanceof Value ? 2 : 3;
    }

    private static int compare(NavigableMap<String, JsonNode> left, NavigableMap<String, JsonNode> right) {
        Iterator<Map.Entry<String, JsonNode>> lefts = left.entrySet().iterator();
        Iterator<Map.Entry<String, JsonNode>> rights = right.entrySet().iterator();
        while (lefts.hasNext() && rights.hasNext()) {
            Map.Entry<String, JsonNode> one = lefts.next();
            Map.Entry<String, JsonNode> two = rights.next();
            int order = one.getKey().compareTo(two.getKey());
            order = order != 0 ? order : JsonOrder.INSTANCE.compare(one.getValue(), two.getValue());
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }
}
