package dev.sluice.reconciler.offline;

/** Text from sources and file names, made harmless for a terminal. */
final class EscapedText {

    private EscapedText() {}

    /**
     * Control and format characters as escapes, such as {@code \\u001b}: a terminal would carry them out, or hide text
     * behind them. Tabs and line breaks stay.
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
