package dev.sluice.reconciler.glob;

import java.util.regex.Pattern;

/**
 * Finds valid patterns whose brace expansion is invalid: {@code {[}]a}} is split at its first closing brace, even
 * inside a class. The reference rejects such an exclude pattern if the braces are at the start of a path component;
 * elsewhere the pattern just matches nothing.
 */
public final class BraceSyntax {

    /** Prefixes of the braces that every path reaches. */
    private static final Pattern ANY_BEGINNING = Pattern.compile("(\\*|\\*\\*/|\\.|\\?)?");

    /** Limit on expansions, because alternatives multiply; further ones are not checked. */
    private static final int MAX_EXPANSIONS = 1_000;

    private int expansions;

    private BraceSyntax() {}

    /**
     * Expands the leading braces of a valid pattern.
     *
     * @throws InvalidPatternException if an expansion is invalid
     */
    public static void check(String pattern) throws InvalidPatternException {
        new BraceSyntax().expand(pattern, pattern);
    }

    private void expand(String pattern, String whole) throws InvalidPatternException {
        int opening = pattern.indexOf('{');
        if (opening < 0 || !ANY_BEGINNING.matcher(pattern.substring(0, opening)).matches()) {
            return;
        }
        int closing = end(pattern, opening + 1, false);
        String before = pattern.substring(0, opening);
        String after = pattern.substring(Math.min(closing + 1, pattern.length()));
        int start = opening + 1;
        while (start <= closing && ++expansions <= MAX_EXPANSIONS) {
            int end = Math.min(end(pattern, start, true), closing);
            alternative(before + pattern.substring(start, end) + after, whole);
            start = end + 1;
        }
    }

    private void alternative(String alternative, String whole) throws InvalidPatternException {
        if (!DoublestarPattern.isValid(alternative)) {
            throw new InvalidPatternException(
                    whole, "the braces end inside a [class]; escape the brace or comma there with a backslash");
        }
        expand(alternative, whole);
    }

    /** The end of the braces that are open at a position, or of their current alternative; ignores classes. */
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
