package dev.sluice.reconciler.yaml;

import java.io.IOException;

/** Output of YAML lines; inserts the separators between words. */
final class LineOutput {

    private final Appendable out;
    private int column;
    private boolean afterSpace = true;
    /** Whether the current line has only spaces and indicators that count as indentation. */
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

    /** Moves to a column at the start of a line; stays on this line if nothing is written there yet. */
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

    /** Writes a line break within a text. */
    void textBreak(int lineBreak) throws IOException {
        put(lineBreak);
        column = 0;
        atLineStart = true;
    }

    /** Writes a syntax indicator, preceded by a space if necessary. */
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

    /** Writes text without a separator. */
    void append(String text) throws IOException {
        out.append(text);
        column += text.codePointCount(0, text.length());
        afterSpace = false;
        atLineStart = false;
    }

    /** Starts the lines of a text in block style. */
    void blockStart() throws IOException {
        lineBreak();
        afterSpace = true;
        atLineStart = true;
    }

    /** Writes a character of a text. */
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
            out.append(Character.toString(codePoint)); // both surrogates at once
        }
        column++;
    }
}
