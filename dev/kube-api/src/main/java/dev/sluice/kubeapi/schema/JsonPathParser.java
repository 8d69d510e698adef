package dev.sluice.kubeapi.schema;

import dev.sluice.kubeapi.schema.JsonPath.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads a JSON path. Used once. */
final class JsonPathParser {

    private static final int MAX_LENGTH = 4096;
    private static final Pattern SLICE = Pattern.compile("(-?\\d{0,9})(:-?\\d{0,9})?(:\\d{0,9})?");
    private static final Pattern COMPARISON = Pattern.compile("([^!<>=]+)(==|!=|<=|>=|<|>)(.+)");
    private static final Pattern QUOTED_KEY = Pattern.compile("'([^']*)'");

    private final String text;
    private int position;

    private JsonPathParser(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException if the text is no path that this API understands */
    static JsonPath parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("path is longer than " + MAX_LENGTH + " characters");
        }
        return new JsonPathParser(text.strip()).steps();
    }

    private JsonPath steps() {
        List<Step> steps = new ArrayList<>();
        while (position < text.length()) {
            steps.add(step());
        }
        return new JsonPath(steps);
    }

    private Step step() {
        if (text.startsWith("..", position)) {
            // the second dot introduces the field that follows
            position += position + 2 < text.length() && isName(text.charAt(position + 2)) ? 1 : 2;
            return new Step.Recursive();
        }
        char next = text.charAt(position);
        return switch (next) {
            case '.' -> field();
            case '[' -> bracket();
            default -> throw unexpected();
        };
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException(
                "unexpected \"" + text.substring(position) + "\" at position " + position + " of path " + text);
    }

    private static boolean isName(char character) {
        return Character.isLetterOrDigit(character) || character == '_';
    }

    private Step field() {
        position++;
        StringBuilder name = new StringBuilder();
        while (position < text.length() && ".[]{}@$, \t".indexOf(text.charAt(position)) < 0) {
            if (text.charAt(position) == '\\' && position + 1 < text.length()) {
                position++;
            }
            name.append(text.charAt(position++));
        }
        if (name.isEmpty() && position < text.length() && text.charAt(position) != '[') {
            throw unexpected();
        }
        return name.toString().equals("*") ? new Step.Wildcard() : new Step.Field(name.toString());
    }

    private Step bracket() {
        if (text.startsWith("[?(", position)) {
            return filter();
        }
        int end = closing(position, ']');
        String inside = text.substring(position + 1, end);
        position = end + 1;
        List<JsonPath> alternatives = new ArrayList<>();
        for (String part : inside.split(",", -1)) {
            alternatives.add(new JsonPath(List.of(subscript(part.strip()))));
        }
        return alternatives.size() == 1 ? alternatives.get(0).steps().get(0) : new Step.Union(alternatives);
    }

    private Step subscript(String part) {
        Matcher key = QUOTED_KEY.matcher(part);
        if (key.matches()) {
            // as on the real server, dots within the quotes still lead to fields of fields
            return new Step.Union(List.of(parse("." + key.group(1))));
        }
        if (part.equals("*")) {
            return new Step.Slice(null, null, 1);
        }
        Matcher slice = SLICE.matcher(part);
        if (part.isEmpty() || !slice.matches()) {
            throw new IllegalArgumentException("invalid array index " + part + " in path " + text);
        }
        Integer from = number(slice.group(1));
        if (slice.group(2) == null) {
            int index = from == null ? 0 : from;
            return new Step.Slice(index, index == -1 ? null : Integer.valueOf(index + 1), 1);
        }
        Integer step = slice.group(3) == null ? null : number(slice.group(3).substring(1));
        if (step != null && step == 0) {
            throw new IllegalArgumentException("step must be > 0 in path " + text);
        }
        return new Step.Slice(from, number(slice.group(2).substring(1)), step == null ? 1 : step);
    }

    private static @Nullable Integer number(String digits) {
        return digits.isEmpty() || digits.equals("-") ? null : Integer.valueOf(digits);
    }

    private Step filter() {
        int end = closing(position + 3, ')');
        String inside = text.substring(position + 3, end);
        if (end + 1 >= text.length() || text.charAt(end + 1) != ']') {
            throw new IllegalArgumentException("unclosed filter, expected ] in path " + text);
        }
        position = end + 2;
        Matcher comparison = COMPARISON.matcher(inside);
        if (comparison.matches()) {
            return new Step.Filter(operand(comparison.group(1)), comparison.group(2), operand(comparison.group(3)));
        }
        return new Step.Filter(operand(inside), "exists", new JsonPath(List.of()));
    }

    private JsonPath operand(String written) {
        String operand = written.strip();
        if (operand.startsWith("@") || operand.startsWith("$")) {
            return parse(operand.substring(1));
        }
        return new JsonPath(List.of(new Step.Literal(literal(operand))));
    }

    private JsonNode literal(String operand) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (operand.matches("'([^'\\\\]|\\\\.)*'|\"([^\"\\\\]|\\\\.)*\"")) {
            String inside = operand.substring(1, operand.length() - 1);
            return json.stringNode(inside.replaceAll("\\\\(.)", "$1"));
        }
        if (operand.equals("true") || operand.equals("false")) {
            return json.booleanNode(operand.equals("true"));
        }
        if (operand.matches("[-+]?\\d{1,18}")) {
            return json.numberNode(Long.parseLong(operand));
        }
        if (operand.matches("[-+]?\\d+\\.\\d+")) {
            return json.numberNode(Double.parseDouble(operand));
        }
        throw new IllegalArgumentException("cannot compare with " + operand + " in path " + text);
    }

    /** The next such character outside of quotes. */
    private int closing(int from, char wanted) {
        char quote = 0;
        for (int i = from; i < text.length(); i++) {
            char character = text.charAt(i);
            if (quote != 0) {
                quote = character == quote && text.charAt(i - 1) != '\\' ? 0 : quote;
            } else if (character == '\'' || character == '"') {
                quote = character;
            } else if (character == wanted) {
                return i;
            }
        }
        throw new IllegalArgumentException("missing " + wanted + " in path " + text);
    }
}
