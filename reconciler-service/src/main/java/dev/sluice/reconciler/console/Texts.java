package dev.sluice.reconciler.console;

import java.util.Locale;

/** Makes text of tenants harmless to look at; the templates escape it for HTML. */
final class Texts {

    private Texts() {}

    /** Makes invisible and reordering characters visible, as {@code \\u202e}; keeps tabs and line breaks. */
    static String visible(String text) {
        if (text.codePoints().noneMatch(Texts::isHidden)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(codePoint -> {
            if (isHidden(codePoint)) {
                shown.append(String.format(Locale.ROOT, "\\u%04x", codePoint));
            } else {
                shown.appendCodePoint(codePoint);
            }
        });
        return shown.toString();
    }

    /** The text without invisible characters. */
    static String withoutHidden(String text) {
        return text.codePoints()
                .filter(codePoint -> !isHidden(codePoint))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The visible text, truncated to a number of characters. */
    static String shortened(String text, int length) {
        String shown = visible(text);
        if (shown.length() <= length) {
            return shown;
        }
        int end = Character.isHighSurrogate(shown.charAt(length - 1)) ? length - 1 : length;
        return shown.substring(0, end) + "…";
    }

    /** The short form of a revision: the name and the first characters of its digest. */
    static String revision(String revision) {
        int colon = revision.lastIndexOf(':');
        String digest = revision.substring(colon + 1);
        return visible(digest.length() > 12 ? revision.substring(0, colon + 13) : revision);
    }

    private static boolean isHidden(int codePoint) {
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
