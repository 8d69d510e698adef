package dev.sluice.reconciler.glob;

import java.io.InterruptedIOException;

/**
 * A glob over whole paths in the dialect of the doublestar library: {@code **} between slashes crosses directories,
 * {@code {a,b}} are alternatives, {@code [!x]} and {@code [^x]} both negate.
 * <p>Not thread-safe: matching caches states of the automaton.
 */
public final class DoublestarPattern {

    /** Limit on the expansion of alternatives, which multiply. */
    private static final int MAX_COMMAS = 20;

    private static final int MAX_LENGTH = 4096;

    private final String text;
    private final boolean slash;
    private final DoublestarMatcher matcher;

    private DoublestarPattern(String text, DoublestarMatcher matcher) {
        this.text = text;
        this.slash = text.indexOf('/') >= 0; // asked for each path
        this.matcher = matcher;
    }

    /** Parses a pattern that matches whole paths; a class such as {@code [!a]} matches a slash too. */
    public static DoublestarPattern parse(String text, StateMemory memory) throws InvalidPatternException {
        return parse(text, PatternNode.Kind.CLASS, memory);
    }

    /** Parses a pattern that selects files by component; only {@code **} matches a slash. */
    static DoublestarPattern parseGlob(String text, StateMemory memory) throws InvalidPatternException {
        return parse(text, PatternNode.Kind.CLASS_WITHOUT_SLASH, memory);
    }

    private static DoublestarPattern parse(String text, PatternNode.Kind classKind, StateMemory memory)
            throws InvalidPatternException {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidPatternException(
                    text.substring(0, 80) + "…", "it is longer than the limit of " + MAX_LENGTH + " characters");
        }
        validate(text);
        PatternNode first = new DoublestarCompiler(text, classKind).compile();
        return new DoublestarPattern(text, new DoublestarMatcher(first, memory));
    }

    /** Whether the text is a valid pattern. */
    static boolean isValid(String text) {
        try {
            validate(text);
            return true;
        } catch (InvalidPatternException notValid) {
            return false;
        }
    }

    public boolean matches(String path) throws InterruptedIOException {
        return matcher.matches(path);
    }

    /** Whether the pattern has a slash; one without is also matched against the base name. */
    public boolean hasSlash() {
        return slash;
    }

    @Override
    public String toString() {
        return text;
    }

    private static void validate(String text) throws InvalidPatternException {
        int depth = 0;
        int commas = 0;
        for (int at = 0; at < text.length(); at++) {
            switch (text.charAt(at)) {
                case '\\' -> at = afterEscape(text, at);
                case '[' -> at = endOfClass(text, at);
                case '{' -> depth++;
                case '}' -> depth--;
                case ',' -> commas += depth > 0 ? 1 : 0;
                default -> {}
            }
            if (depth < 0) {
                throw new InvalidPatternException(text, "unmatched }");
            }
        }
        if (depth > 0) {
            throw new InvalidPatternException(text, "unclosed {");
        }
        if (commas > MAX_COMMAS) {
            throw new InvalidPatternException(
                    text, "it has %d commas in braces; the limit is %d".formatted(commas, MAX_COMMAS));
        }
    }

    private static int afterEscape(String text, int backslash) throws InvalidPatternException {
        if (backslash + 1 == text.length()) {
            throw new InvalidPatternException(text, "trailing backslash");
        }
        return backslash + 1;
    }

    private static int endOfClass(String text, int opening) throws InvalidPatternException {
        int at = opening + 1;
        if (at < text.length() && isNegation(text.charAt(at))) {
            at++;
        }
        if (at < text.length() && text.charAt(at) == ']') {
            throw new InvalidPatternException(text, "empty [class]");
        }
        while (at < text.length() && text.charAt(at) != ']') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= text.length()) {
            throw new InvalidPatternException(text, "unclosed [class]");
        }
        return at;
    }

    static boolean isNegation(int c) {
        return c == '!' || c == '^';
    }
}
