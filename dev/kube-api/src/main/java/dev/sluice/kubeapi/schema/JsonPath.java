package dev.sluice.kubeapi.schema;

import dev.sluice.kubeapi.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A JSON path of a printer column, such as {@code .status.conditions[?(@.type=="Ready")].status}. Supports fields (also
 * as {@code ['name']} and with escaped dots), indexes, {@code [*]}, and filters that compare with a literal.
 */
final class JsonPath {

    private static final Pattern STEP =
            Pattern.compile("\\.((?:\\\\.|[^.\\[\\]\\\\])+)|\\['([^']+)']|\\[(-?\\d{1,9}|\\*)]"
                    + "|\\[\\?\\(@((?:\\.[^.\\[\\]=!]+)+)\\s*(==|!=)\\s*([^)]+)\\)]");

    private final List<UnaryOperator<List<JsonNode>>> steps;

    private JsonPath(List<UnaryOperator<List<JsonNode>>> steps) {
        this.steps = List.copyOf(steps);
    }

    /** @throws IllegalArgumentException if the path is malformed or not supported */
    static JsonPath parse(String text) {
        List<UnaryOperator<List<JsonNode>>> steps = new ArrayList<>();
        Matcher step = STEP.matcher(text.strip());
        int end = 0;
        while (step.find() && step.start() == end) {
            steps.add(step(step));
            end = step.end();
        }
        if (end < text.strip().length() || steps.isEmpty()) {
            throw new IllegalArgumentException("unsupported path " + text + " at character " + end);
        }
        return new JsonPath(steps);
    }

    private static UnaryOperator<List<JsonNode>> step(Matcher step) {
        if (step.group(1) != null) {
            return fields(step.group(1).replaceAll("\\\\(.)", "$1"));
        }
        if (step.group(2) != null) {
            return fields(step.group(2));
        }
        if (step.group(3) != null) {
            return step.group(3).equals("*")
                    ? values -> values.stream().flatMap(JsonNode::valueStream).toList()
                    : item(Integer.parseInt(step.group(3)));
        }
        return filter(
                parse(step.group(4).strip()),
                step.group(5).equals("=="),
                literal(step.group(6).strip()));
    }

    private static UnaryOperator<List<JsonNode>> fields(String name) {
        return values -> values.stream()
                .map(value -> value.path(name))
                .filter(found -> !found.isMissingNode())
                .toList();
    }

    private static UnaryOperator<List<JsonNode>> item(int position) {
        return values -> values.stream()
                .filter(JsonNode::isArray)
                .map(list -> list.path(position < 0 ? list.size() + position : position))
                .filter(found -> !found.isMissingNode())
                .toList();
    }

    private static UnaryOperator<List<JsonNode>> filter(JsonPath path, boolean equal, JsonNode literal) {
        return values -> values.stream()
                .flatMap(JsonNode::valueStream)
                .filter(item -> {
                    List<JsonNode> found = path.find(item);
                    return !found.isEmpty() && Json.equal(found.get(0), literal) == equal;
                })
                .toList();
    }

    private static JsonNode literal(String text) {
        boolean single = text.length() > 1 && text.startsWith("'") && text.endsWith("'");
        try {
            return Json.parse(single ? '"' + text.substring(1, text.length() - 1) + '"' : text);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("cannot compare with " + text, e);
        }
    }

    List<JsonNode> find(JsonNode object) {
        List<JsonNode> values = List.of(object);
        for (UnaryOperator<List<JsonNode>> step : steps) {
            values = step.apply(values);
        }
        return values;
    }
}
