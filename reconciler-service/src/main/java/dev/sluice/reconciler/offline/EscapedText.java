package dev.sluice.reconciler.offline;

/** Escapes text from sources and file names for a terminal. */
final class EscapedText {

    private EscapedText() {}

    /**
     * Escapes control and format characters, for example as {@code \\u001b}, because a terminal would execute them or
     * use them to hide text. Keeps tabs and line breaks.
     */
    static String of(String text) {
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
    static String ofLine(String text) {
        return of(text).replace("\t", "\\t").replace("\n", "\\n");
    }

    private static boolean isHarmful(int codePoint) {
        int type = Character.getType(codePoint);
        return codePoint != '\t'
                && codePoint != '\n'
                && (type == Character.CONTROL
                        || type == Character.FORMAT
                        || type == Character.LINE_SEPARATOR
                        || type == Character.PARAGRAPH_SEPARATOR);
    }
}
