package dev.sluice.reconciler.yaml;

/** Reads plain and quoted scalars. */
final class FlowScalars {

    private static final String FLOW_INDICATORS = ",?[]{}";

    private static final String ESCAPES = "0abt\tnvfre \"'\\N_LP";
    private static final String ESCAPED = "\u0000\u0007\b\t\t\n\u000b\f\r\u001b \"'\\\u0085\u00a0\u2028\u2029";

    private final YamlText text;

    FlowScalars(YamlText text) {
        this.text = text;
    }

    /** A plain scalar, and whether its first line has ended. */
    record Plain(YamlToken token, boolean lineEnded) {}

    /** Reads a plain scalar; {@code indent} is the minimum indentation of its continuation lines. */
    Plain plain(boolean inFlow, int indent) {
        YamlMark start = text.mark();
        StringBuilder value = new StringBuilder();
        LineFolding folding = new LineFolding();
        while (!text.isDocumentIndicator() && text.peek() != '#') {
            plainWord(value, folding, inFlow);
            if (!text.isBlank() && !text.isBreak()) {
                break;
            }
            plainBlanks(folding, indent);
            if (!inFlow && text.column() < indent) {
                break;
            }
        }
        return new Plain(YamlToken.of(YamlToken.Kind.PLAIN, start, value.toString()), folding.isBroken());
    }

    private void plainWord(StringBuilder value, LineFolding folding, boolean inFlow) {
        while (!text.endsWord(0)) {
            int c = text.peek();
            boolean isValueIndicator = c == ':' && text.endsWord(1);
            if (isValueIndicator || (inFlow && FLOW_INDICATORS.indexOf(c) >= 0)) {
                return;
            }
            folding.moveTo(value);
            value.appendCodePoint(text.take());
        }
    }

    private void plainBlanks(LineFolding folding, int indent) {
        while (text.isBlank() || text.isBreak()) {
            if (text.peek() == '\t' && folding.isBroken() && text.column() < indent) {
                throw text.error(YamlScanner.TAB_AS_INDENTATION);
            }
            if (text.isBlank()) {
                folding.blank(text.take());
            } else {
                folding.lineBreak(text.takeBreak());
            }
        }
    }

    YamlToken quoted(int quote) {
        YamlMark start = text.mark();
        text.take();
        StringBuilder value = new StringBuilder();
        LineFolding folding = new LineFolding();
        while (true) {
            if (text.isDocumentIndicator()) {
                throw text.error("the document ends inside a quoted text; close the quotes before, or indent the line");
            }
            if (text.isEnd()) {
                throw new YamlSyntaxException(start, "unclosed quotes; add the closing quote");
            }
            quotedWord(value, folding, quote);
            if (text.peek() == quote) {
                break;
            }
            folding.read(text);
            folding.moveTo(value);
        }
        text.take();
        return YamlToken.of(YamlToken.Kind.QUOTED, start, value.toString());
    }

    private void quotedWord(StringBuilder value, LineFolding folding, int quote) {
        while (!text.endsWord(0)) {
            if (text.peek() == quote) {
                if (quote != '\'' || text.peek(1) != '\'') {
                    return;
                }
                text.take();
                value.appendCodePoint(text.take());
            } else if (quote == '"' && text.peek() == '\\') {
                if (YamlCharacters.isBreak(text.peek(1))) {
                    text.take();
                    text.takeBreak();
                    folding.escapedBreak();
                    return;
                }
                escape(value);
            } else {
                value.appendCodePoint(text.take());
            }
        }
    }

    private void escape(StringBuilder value) {
        int name = text.peek(1);
        int known = name == YamlText.END ? -1 : ESCAPES.indexOf(name);
        int digits = name == 'x' ? 2 : name == 'u' ? 4 : name == 'U' ? 8 : 0;
        if (known < 0 && digits == 0) {
            throw text.error("unknown escape in double quotes; write a backslash twice, or use single quotes");
        }
        YamlMark start = text.mark();
        text.skip(2);
        value.appendCodePoint(digits == 0 ? ESCAPED.charAt(known) : number(digits, start));
    }

    private int number(int digits, YamlMark start) {
        long number = 0;
        for (int i = 0; i < digits; i++) {
            int digit = text.peek() < 0x80 ? Character.digit(text.peek(), 16) : -1;
            if (digit < 0) {
                throw text.error("the escape in double quotes requires %d hexadecimal digits".formatted(digits));
            }
            number = number << 4 | digit;
            text.take();
        }
        boolean surrogate = number >= Character.MIN_SURROGATE && number <= Character.MAX_SURROGATE;
        if (surrogate || number > Character.MAX_CODE_POINT) {
            throw new YamlSyntaxException(
                    start,
                    "the escape in double quotes is not a character; write the character itself, or \\U and eight"
                            + " digits");
        }
        return (int) number;
    }
}
