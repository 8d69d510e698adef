package dev.sluice.reconciler.yaml;

import java.io.IOException;

/** Lines of YAML in the making, which knows what separates the next word from what is there. */
final class LineOutput {

    private final Appendable out;
    private int column;
    private boolean afterSpace = true;
    /** Whether the line so far is made of spaces, and of indicators that count as such. */
    private boolean atLineStart = true;

    LineOutput(Appendable out) {
        this.out = out;
    }

    int column() {
        return column;
    }

    boolean isAtLineStart() {
        return atLineStart;
    }

    /** Goes to a column at the beginning of a line, on this line if nothing stands there yet. */
    void indent(int indent) throws IOException {
        if (!atLineStart || column > indent || (column == indent && !afterSpace)) {
            lineBreak();
        }
        while (column < indent) {
            put(' ');
        }
        afterSpace = true;
        atLineStart = true;
    }

    void lineBreak() throws IOException {
        put('\n');
        column = 0;
    }

    /** A line break within a text: what follows is at the beginning of a line. */
    void textBreak(int lineBreak) throws IOException {
        put(lineBreak);
        column = 0;
        atLineStart = true;
    }

    /** A word of the syntax, after a space if there is none yet. */
    void indicator(String indicator, boolean countsAsIndent) throws IOException {
        separate();
        boolean stillAtStart = atLineStart && countsAsIndent;
        append(indicator);
        atLineStart = stillAtStart;
    }

    void separate() throws IOException {
        if (!afterSpace) {
            put(' ');
        }
    }

    /** Text that follows at once. */
    void append(String text) throws IOException {
        out.append(text);
        column += text.codePointCount(0, text.length());
        afterSpace = false;
        atLineStart = false;
    }

    /** Begins the lines of a text in block style. */
    void blockStart() throws IOException {
        lineBreak();
        afterSpace = true;
        atLineStart = true;
    }

    /** A character of a text. */
    void character(int codePoint) throws IOException {
        put(codePoint);
        atLineStart = false;
    }

    void space() throws IOException {
        put(' ');
    }

    private void put(int codePoint) throws IOException {
        if (Character.isBmpCodePoint(codePoint)) {
            out.append((char) codePoint);
        } else {
            out.append(Character.toString(codePoint)); // both halves at once: one alone is no character
        }
        column++;
    }
}
