package dev.sluice.reconciler.pathpattern;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Text with {@code {capture}} placeholders: a path pattern, or a field of an artifact template. */
record CaptureText(String text, List<Part> parts) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** Literal text or the name of a capture. */
    record Part(String text, boolean capture) {}

    static CaptureText parse(String text) throws CaptureException {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = indexOrEnd(text, '{', at);
            if (open > at) {
                parts.add(literal(text, at, open));
            }
            if (open == text.length()) {
                break;
            }
            int close = text.indexOf('}', open);
            parts.add(new Part(name(text, open, close), true));
            at = close + 1;
        }
        return new CaptureText(text, List.copyOf(parts));
    }

    /** Renders the placeholders in a text. */
    static String render(String text, Map<String, String> captures) throws CaptureException {
        return parse(text).render(captures);
    }

    private static int indexOrEnd(String text, char c, int from) {
        int index = text.indexOf(c, from);
        return index < 0 ? text.length() : index;
    }

    private static Part literal(String text, int from, int to) throws CaptureException {
        String literal = text.substring(from, to);
        int stray = literal.indexOf('}');
        if (stray >= 0) {
            throw new CaptureException(
                    "\"%s\": missing opening brace for the } at offset %d".formatted(text, from + stray));
        }
        return new Part(literal, false);
    }

    private static String name(String text, int open, int close) throws CaptureException {
        if (close < 0) {
            throw new CaptureException("\"%s\": missing closing brace for the { at offset %d".formatted(text, open));
        }
        String name = text.substring(open + 1, close);
        if (name.isEmpty()) {
            throw new CaptureException("\"%s\": empty capture at offset %d".formatted(text, open));
        }
        if (!NAME.matcher(name).matches()) {
            throw new CaptureException("\"%s\": \"%s\" is not a valid capture name, which matches %s"
                    .formatted(text, name, NAME.pattern()));
        }
        return name;
    }

    String render(Map<String, String> captures) throws CaptureException {
        StringBuilder rendered = new StringBuilder();
        for (Part part : parts) {
            String value = part.capture ? captures.get(part.text) : part.text;
            if (value == null) {
                throw new CaptureException(
                        "\"%s\": capture \"%s\" is not defined by pathPattern".formatted(text, part.text));
            }
            rendered.append(value);
        }
        return rendered.toString();
    }
}
