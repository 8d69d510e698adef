package dev.sluice.reconciler.glob;

import java.util.regex.Pattern;

/**
 * Finds braces that are valid as they stand but not when they are written out: {@code {[}]a}} is cut at its first closing
 * brace, be it within a class. The reference refuses such an exclude pattern if the braces are where any name would
 * begin; elsewhere they merely match nothing.
 */
public final class BraceSyntax {

    /** Every path leads through a beginning that is made of these. */
    private static final Pattern ANY_BEGINNING = Pattern.compile("(\\*|\\*\\*/|\\.|\\?)?");

    /** Alternatives multiply; what takes longer to write out than this is not looked at any further. */
    private static final int MAX_WRITTEN_OUT = 1_000;

    private int writtenOut;

    private BraceSyntax() {}

    /** The first invalid pattern that writing out the leading braces of a valid pattern leads to. */
    public static void check(String pattern) throws InvalidPatternException {
        new BraceSyntax().writeOut(pattern, pattern);
    }

    private void writeOut(String pattern, String whole) throws InvalidPatternException {
        int opening = pattern.indexOf('{');
        if (opening < 0 || !ANY_BEGINNING.matcher(pattern.substring(0, opening)).matches()) {
            return;
        }
        int closing = end(pattern, opening + 1, false);
        String before = pattern.substring(0, opening);
        String after = pattern.substring(Math.min(closing + 1, pattern.length()));
        int start = opening + 1;
        while (start <= closing && ++writtenOut <= MAX_WRITTEN_OUT) {
            int end = Math.min(end(pattern, start, true), closing);
            alternative(before + pattern.substring(start, end) + after, whole);
            start = end + 1;
        }
    }

    private void alternative(String alternative, String whole) throws InvalidPatternException {
        if (!DoublestarPattern.isValid(alternative)) {
            throw new InvalidPatternException(
                    whole, "its braces end within a [class]; put a backslash before the brace or comma there");
        }
        writeOut(alternative, whole);
    }

    /** Where the braces that are open at a position end, or their next alternative starts; classes do not count. */
    private static int end(String pattern, int from, boolean orComma) {
        int depth = 1;
        for (int at = from; at < pattern.length(); at++) {
            char c = pattern.charAt(at);
            at += c == '\\' ? 1 : 0;
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0 || (orComma && depth == 1 && c == ',')) {
                return at;
            }
        }
        return pattern.length();
    }
}
