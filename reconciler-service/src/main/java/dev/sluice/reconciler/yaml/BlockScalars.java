package dev.sluice.reconciler.yaml;

/** Reads literal and folded block scalars. */
final class BlockScalars {

    private final YamlText text;
    private final boolean literal;
    /** Indentation of the collection that contains the scalar. */
    private final int parentIndent;

    private int chomping;
    /** 0 until it is determined. */
    private int indent;

    private final StringBuilder value = new StringBuilder();
    private final StringBuilder furtherBreaks = new StringBuilder();
    private String firstBreak = "";
    private boolean previousLineIsMoreIndented;

    private BlockScalars(YamlText text, int parentIndent) {
        this.text = text;
        this.literal = text.peek() == '|';
        this.parentIndent = parentIndent;
    }

    static YamlToken read(YamlText text, int parentIndent) {
        YamlMark start = text.mark();
        BlockScalars scalar = new BlockScalars(text, parentIndent);
        scalar.header();
        scalar.leadingBreaks();
        while (text.column() == scalar.indent && !text.isEnd()) {
            scalar.line();
            scalar.leadingBreaks();
        }
        scalar.chomp();
        return YamlToken.of(YamlToken.Kind.QUOTED, start, scalar.value.toString());
    }

    private void header() {
        text.take();
        int increment;
        if (chomping()) {
            increment = increment();
        } else {
            increment = increment();
            chomping();
        }
        indent = increment == 0 ? 0 : Math.max(parentIndent, 0) + increment;
        text.skipBlanks();
        text.skipComment();
        if (!text.isBreakOrEnd()) {
            throw text.error("text after the | or > of a block scalar; start the text on the next line");
        }
        text.takeBreak();
    }

    private boolean chomping() {
        int c = text.peek();
        if (c != '+' && c != '-') {
            return false;
        }
        chomping = c == '+' ? 1 : -1;
        text.take();
        return true;
    }

    private int increment() {
        if (text.peek() == '0') {
            throw text.error("the indentation indicator of a block scalar cannot be 0; use 1 to 9, or omit it");
        }
        return YamlCharacters.isDigit(text.peek()) ? text.take() - '0' : 0;
    }

    /**
     * Reads empty lines and the indentation of the next line, which determines the scalar's indentation unless one was
     * given.
     */
    private void leadingBreaks() {
        int widest = 0;
        while (true) {
            while (isIndentation() && text.peek() == ' ') {
                text.take();
            }
            widest = Math.max(widest, text.column());
            if (isIndentation() && text.peek() == '\t') {
                throw text.error(YamlScanner.TAB_AS_INDENTATION);
            }
            if (!text.isBreak()) {
                break;
            }
            furtherBreaks.append(text.takeBreak());
        }
        if (indent == 0) {
            indent = Math.max(widest, Math.max(parentIndent + 1, 1));
        }
    }

    private boolean isIndentation() {
        return indent == 0 || text.column() < indent;
    }

    private void line() {
        boolean moreIndented = text.isBlank();
        boolean folds = !literal && !previousLineIsMoreIndented && !moreIndented && firstBreak.equals("\n");
        if (!folds) {
            value.append(firstBreak);
        } else if (furtherBreaks.isEmpty()) {
            value.append(' ');
        }
        value.append(furtherBreaks);
        furtherBreaks.setLength(0);
        previousLineIsMoreIndented = moreIndented;
        while (!text.isBreakOrEnd()) {
            value.appendCodePoint(text.take());
        }
        firstBreak = text.takeBreak();
    }

    private void chomp() {
        if (chomping >= 0) {
            value.append(firstBreak);
        }
        if (chomping > 0) {
            value.append(furtherBreaks);
        }
    }
}
