package dev.sluice.reconciler.yaml;

import static dev.sluice.reconciler.yaml.YamlCharacters.isBreak;

import java.io.IOException;

/** Writes texts in the style that Go's library chooses, with the same line folding. */
final class ScalarWriter {

    private static final int BEST_WIDTH = 80;
    private static final String INDENT_HINT = "2";

    private final LineOutput out;

    ScalarWriter(LineOutput out) {
        this.out = out;
    }

    /** Writes a text; its continuation lines start at column {@code indent}. */
    void write(String text, int indent) throws IOException {
        ScalarTraits traits = ScalarTraits.of(text);
        if (text.indexOf('\n') >= 0 && traits.blockAllowed()) {
            literal(text, indent);
        } else if (text.indexOf('\n') >= 0 || !YamlScalar.isText(text)) {
            doubleQuoted(text, indent, true);
        } else {
            flow(text, traits, indent, true);
        }
    }

    /** Writes a key on one line, before its colon. */
    void writeKey(String key) throws IOException {
        // deviates from the reference, whose plain << would be read back as a merge key
        if (!YamlScalar.isText(key) || key.equals("<<")) {
            doubleQuoted(key, 0, false);
        } else {
            flow(key, ScalarTraits.of(key), 0, false);
        }
    }

    /** Writes a scalar that is not text: a number, a boolean or null. */
    void writePlain(String word) throws IOException {
        out.separate();
        out.append(word);
    }

    private void flow(String text, ScalarTraits traits, int indent, boolean mayFold) throws IOException {
        if (traits.plainAllowed()) {
            out.separate();
            lines(text, indent, mayFold);
            out.append("");
        } else if (traits.singleQuotedAllowed()) {
            out.indicator("'", false);
            lines(text.replace("'", "''"), indent, mayFold);
            out.append("'");
        } else {
            doubleQuoted(text, indent, mayFold);
        }
    }

    private void lines(String text, int indent, boolean mayFold) throws IOException {
        int[] characters = text.codePoints().toArray();
        boolean afterBreak = false;
        for (int i = 0; i < characters.length; i++) {
            if (isBreak(characters[i])) {
                out.textBreak(characters[i]);
                afterBreak = true;
                continue;
            }
            if (characters[i] != ' ') {
                if (afterBreak) {
                    out.indent(indent);
                }
                out.character(characters[i]);
                afterBreak = false;
            } else if (mayFold && isFold(characters, i) && characters[i + 1] != ' ') {
                out.indent(indent);
            } else {
                out.space();
            }
        }
    }

    /**
     * Whether a long line is folded at this space: the first of a run of spaces, neither at the start nor at the end of
     * the text.
     */
    private boolean isFold(int[] characters, int i) {
        return i > 0 && i < characters.length - 1 && characters[i - 1] != ' ' && out.column() > BEST_WIDTH;
    }

    private void doubleQuoted(String text, int indent, boolean mayFold) throws IOException {
        int[] characters = text.codePoints().toArray();
        // after a leading byte-order mark, the reference escapes everything
        boolean everything = characters.length > 0 && characters[0] == YamlCharacters.BYTE_ORDER_MARK;
        out.indicator("\"", false);
        for (int i = 0; i < characters.length; i++) {
            int c = characters[i];
            if (everything || needsEscape(c)) {
                escaped(c);
            } else if (c == ' ' && mayFold && isFold(characters, i)) {
                out.indent(indent);
                if (characters[i + 1] == ' ') {
                    out.character('\\');
                }
            } else if (c == ' ') {
                out.space();
            } else {
                out.character(c);
            }
        }
        out.append("\"");
    }

    private static boolean needsEscape(int c) {
        return c == '"' || c == '\\' || isBreak(c) || !YamlCharacters.isPrintable(c);
    }

    private void escaped(int c) throws IOException {
        String names = "\u0000\u0007\b\t\n\u000b\f\r\u001b\"\\\u0085\u00a0\u2028\u2029";
        int known = names.indexOf(c);
        if (known >= 0) {
            out.append("\\" + "0abtnvfre\"\\N_LP".charAt(known));
        } else if (c <= 0xFF) {
            out.append("\\x%02X".formatted(c));
        } else if (c <= 0xFFFF) {
            out.append("\\u%04X".formatted(c));
        } else {
            out.append("\\U%08X".formatted(c));
        }
    }

    private void literal(String text, int indent) throws IOException {
        int[] characters = text.codePoints().toArray();
        out.indicator("|", false);
        if (characters[0] == ' ' || isBreak(characters[0])) {
            out.append(INDENT_HINT);
        }
        out.append(chomping(characters));
        out.blockStart();
        boolean afterBreak = true;
        for (int c : characters) {
            if (isBreak(c)) {
                out.textBreak(c);
            } else {
                if (afterBreak) {
                    out.indent(indent);
                }
                out.character(c);
            }
            afterBreak = isBreak(c);
        }
    }

    /** The chomping indicator for the number of trailing line breaks: none, several, or one. */
    private static String chomping(int[] characters) {
        int last = characters.length - 1;
        if (!isBreak(characters[last])) {
            return "-";
        }
        return last == 0 || isBreak(characters[last - 1]) ? "+" : "";
    }
}
