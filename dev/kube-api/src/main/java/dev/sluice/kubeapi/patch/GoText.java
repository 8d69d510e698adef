package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.json.JsonText;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Values as they appear in those messages of the real server that print its own data structures. */
final class GoText {

    private GoText() {}

    /** The kind of JSON. */
    static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case NUMBER -> "number";
            case BOOLEAN -> "bool";
            default -> "null";
        };
    }

    /** The type that it is decoded to. */
    static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "map[string]interface {}";
            case ARRAY -> "[]interface {}";
            case STRING -> "string";
            case NUMBER -> value.isIntegralNumber() ? "int64" : "float64";
            case BOOLEAN -> "bool";
            default -> "<nil>";
        };
    }

    /** Short: {@code map[a:1 b:[x y]]}. */
    static String plain(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT ->
                new TreeSet<>(value.propertyNames())
                        .stream()
                                .map(name -> name + ":" + plain(value.get(name)))
                                .collect(Collectors.joining(" ", "map[", "]"));
            case ARRAY -> value.valueStream().map(GoText::plain).collect(Collectors.joining(" ", "[", "]"));
            case STRING -> value.stringValue();
            case NUMBER -> JsonText.number(value);
            case BOOLEAN -> value.asString();
            default -> "<nil>";
        };
    }

    /** As source code: {@code map[string]interface {}{"a":1}}. */
    static String source(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT ->
                new TreeSet<>(value.propertyNames())
                        .stream()
                                .map(name -> JsonText.quoted(name) + ":" + source(value.get(name)))
                                .collect(Collectors.joining(", ", type(value) + "{", "}"));
            case ARRAY ->
                value.valueStream().map(GoText::source).collect(Collectors.joining(", ", type(value) + "{", "}"));
            case STRING -> JsonText.quoted(value.stringValue());
            default -> plain(value);
        };
    }
}
