package dev.sluice.reconciler.text;

/**
 * Escapes text that tenants wrote, such as names, messages and contents of files, for a terminal or a page. Pages also
 * escape it for HTML.
 */
public final class EscapedText {

    private EscapedText() {}

    /**
     * Escapes control and format characters, for example as {@code \\u001b}, because a terminal would execute them, and
     * because they hide or reorder text. Keeps tabs and line breaks.
     */
    public static String of(String text) {
        if (text.codePoints().noneMatch(EscapedText::isHarmful)) {
            return text;
        }
        StringBuilder plain = new StringBuilder();
        text.codePoints().forEach(codePoint -> {
            if (isHarmful(codePoint)) {
                plain.append(codePoint == '\r' ? "\\r" : "\\u%04x".formatted(codePoint));
            } else {
                plain.appendCodePoint(codePoint);
            }
        });
        return plain.toString();
    }

    /** Escapes tabs and line breaks too, for a name in a line of its own. */
    public static String ofLine(String text) {
        return of(text).replace("\t", "\\t").replace("\n", "\\n");
    }

    /** Returns the text without the characters that {@link #of} escapes. */
    public static String without(String text) {
        return text.codePoints()
                .filter(codePoint -> !isHarmful(codePoint))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isHarmful(int codePoint) {
        int type = Character.getType(codePoint);
        return codePoint != '\t'
                && codePoint != '\n'
                && (type == Character.CONTROL
                        || type == Character.FORMAT
                        || type == Character.SURROGATE
                        || type == Character.LINE_SEPARATOR
                        || type == Character.PARAGRAPH_SEPARATOR);
    }
}
