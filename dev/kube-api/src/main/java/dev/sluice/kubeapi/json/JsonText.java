package dev.sluice.kubeapi.json;

import java.math.BigDecimal;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * JSON and strings as the real API server, which is written in Go, prints them in its messages and in the keys of
 * {@code managedFields}. Clients compare these texts, so their escapes and number formats matter.
 */
public final class JsonText {

    private static final double PLAIN_FROM = 1e-6;
    private static final double PLAIN_BELOW = 1e21;

    private JsonText() {}

    /** Compact JSON with sorted keys; {@code <}, {@code >} and {@code &} are escaped. */
    public static String compact(JsonNode node) {
        StringBuilder out = new StringBuilder();
        write(out, node);
        return out.toString();
    }

    /** A string in double quotes with Go's escapes ({@code %q}). */
    public static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(character -> quote(out, character));
        return out.append('"').toString();
    }

    /** A number as Go's {@code json.Marshal} prints it: {@code 1} for {@code 1.0}, {@code 1e+21} for large ones. */
    public static String number(JsonNode node) {
        return node.isFloatingPointNumber() ? floating(node.doubleValue()) : node.asString();
    }

    private static String floating(double value) {
        double magnitude = Math.abs(value);
        if (magnitude == 0 || (magnitude >= PLAIN_FROM && magnitude < PLAIN_BELOW)) {
            String plain = new BigDecimal(Double.toString(value)).toPlainString();
            return plain.contains(".") ? plain.replaceAll("\\.?0+$", "") : plain;
        }
        return exponential(value);
    }

    private static String exponential(double value) {
        String text = Double.toString(value);
        int split = text.indexOf('E');
        String mantissa = text.substring(0, split).replaceAll("\\.0$", "");
        int exponent = Integer.parseInt(text.substring(split + 1));
        return mantissa + (exponent < 0 ? "e-" : "e+") + Math.abs(exponent);
    }

    private static void write(StringBuilder out, JsonNode node) {
        if (node.isObject()) {
            writeObject(out, node);
        } else if (node.isArray()) {
            writeArray(out, node);
        } else if (node.isString()) {
            string(out, node.stringValue());
        } else if (node.isNumber()) {
            out.append(number(node));
        } else {
            out.append(node.isBoolean() ? node.asString() : "null");
        }
    }

    private static void writeObject(StringBuilder out, JsonNode node) {
        String separator = "{";
        for (String name : new TreeSet<>(node.propertyNames())) {
            out.append(separator);
            string(out, name);
            out.append(':');
            write(out, node.get(name));
            separator = ",";
        }
        out.append(node.isEmpty() ? "{}" : "}");
    }

    private static void writeArray(StringBuilder out, JsonNode node) {
        String separator = "[";
        for (JsonNode item : node) {
            out.append(separator);
            write(out, item);
            separator = ",";
        }
        out.append(node.isEmpty() ? "[]" : "]");
    }

    private static void string(StringBuilder out, String text) {
        out.append('"');
        text.codePoints().forEach(character -> escape(out, character));
        out.append('"');
    }

    private static void escape(StringBuilder out, int character) {
        switch (character) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '<', '>', '&', 0x2028, 0x2029 -> out.append(String.format("\\u%04x", character));
            default -> {
                if (character < 0x20) {
                    out.append(String.format("\\u%04x", character));
                } else {
                    out.appendCodePoint(character);
                }
            }
        }
    }

    private static void quote(StringBuilder out, int character) {
        switch (character) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case 0x07 -> out.append("\\a");
            case 0x0b -> out.append("\\v");
            default -> quoteOther(out, character);
        }
    }

    private static void quoteOther(StringBuilder out, int character) {
        if (character < 0x20 || character == 0x7f) {
            out.append(String.format("\\x%02x", character));
        } else if (isPrintable(character)) {
            out.appendCodePoint(character);
        } else {
            out.append(String.format(character > 0xffff ? "\\U%08x" : "\\u%04x", character));
        }
    }

    private static boolean isPrintable(int character) {
        return character == ' '
                || switch (Character.getType(character)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SPACE_SEPARATOR -> false;
                    default -> true;
                };
    }
}
