package dev.sluice.runtime.logging;

import java.util.Map;
import java.util.Set;

/** Writes maps, strings, numbers and booleans as JSON without line breaks, and other values as strings. */
final class LogJson {

    private static final String CUT = "…";
    private static final int MAX_DEPTH = 4;
    private static final char FIRST_PRINTABLE = 0x20;

    /** The Flux CLI reads these fields as strings and rejects the line otherwise. */
    private static final Set<String> ALWAYS_TEXT =
            Set.of("name", "namespace", "error", "controller", "controllerGroup", "controllerKind", "reconcileID");

    private final StringBuilder out = new StringBuilder(256);
    private final int maxText;

    private LogJson(int maxText) {
        this.maxText = maxText;
    }

    static String of(Map<?, ?> members, int maxText) {
        LogJson json = new LogJson(maxText);
        json.object(members, 1);
        return json.out.toString();
    }

    private void object(Map<?, ?> members, int depth) {
        out.append('{');
        boolean first = true;
        for (Map.Entry<?, ?> member : members.entrySet()) {
            if (!first) {
                out.append(',');
            }
            first = false;
            String name = String.valueOf(member.getKey());
            text(name);
            out.append(':');
            value(name, member.getValue(), depth);
        }
        out.append('}');
    }

    private void value(String name, Object value, int depth) {
        if (value instanceof Map<?, ?> map && depth < MAX_DEPTH) {
            object(map, depth + 1);
        } else if (isBare(value) && !ALWAYS_TEXT.contains(name)) {
            out.append(value);
        } else {
            text(String.valueOf(value));
        }
    }

    private static boolean isBare(Object value) {
        return value instanceof Integer
                || value instanceof Long
                || value instanceof Boolean
                || (value instanceof Double number && Double.isFinite(number));
    }

    private void text(String text) {
        out.append('"');
        int end = cut(text);
        for (int i = 0; i < end; i++) {
            character(text.charAt(i));
        }
        if (end < text.length()) {
            out.append(CUT);
        }
        out.append('"');
    }

    /** Does not split a surrogate pair. */
    private int cut(String text) {
        if (text.length() <= maxText) {
            return text.length();
        }
        return Character.isHighSurrogate(text.charAt(maxText - 1)) ? maxText - 1 : maxText;
    }

    private void character(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < FIRST_PRINTABLE) {
                    out.append(String.format("\\u%04x", (int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }
}
