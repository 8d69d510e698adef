package dev.sluice.reconciler.yaml;

/**
 * The characters of a document and the current position. After the end, reads return zero, which no document may
 * contain.
 */
final class YamlText {

    static final int END = 0;

    private final int[] characters;
    private int position;
    private int line;
    private int column;

    /** @param firstLine number of lines before the document in its file */
    YamlText(String document, int firstLine) {
        this.characters = codePoints(document);
        this.line = firstLine;
        if (characters.length > 0 && characters[0] == YamlCharacters.BYTE_ORDER_MARK) {
            position = 1;
        }
    }

    /** Converts into an array of the final size; a stream would grow several arrays. */
    private static int[] codePoints(String document) {
        int[] codePoints = new int[document.codePointCount(0, document.length())];
        int at = 0;
        for (int i = 0; i < codePoints.length; i++) {
            codePoints[i] = document.codePointAt(at);
            at += Character.charCount(codePoints[i]);
        }
        return codePoints;
    }

    int peek() {
        return peek(0);
    }

    int peek(int ahead) {
        int at = position + ahead;
        if (at >= characters.length) {
            return END;
        }
        int c = characters[at];
        if (!YamlCharacters.isAllowed(c)) {
            throw error("control character U+%04X is not allowed; remove it, or write it as an escape in double quotes"
                    .formatted(c));
        }
        return c;
    }

    int position() {
        return position;
    }

    int line() {
        return line;
    }

    int column() {
        return column;
    }

    boolean isEnd() {
        return peek() == END;
    }

    boolean isBlank() {
        return YamlCharacters.isBlank(peek());
    }

    boolean isBreak() {
        return YamlCharacters.isBreak(peek());
    }

    boolean isBreakOrEnd() {
        return isBreak() || isEnd();
    }

    /** Whether the character at this distance is a blank, a break or the end. */
    boolean endsWord(int ahead) {
        int c = peek(ahead);
        return YamlCharacters.isBlank(c) || YamlCharacters.isBreak(c) || c == END;
    }

    /** Whether three dashes or dots at this position start or end a document. */
    boolean isDocumentIndicator() {
        int c = peek();
        return column == 0 && (c == '-' || c == '.') && peek(1) == c && peek(2) == c && endsWord(3);
    }

    /** Takes a character that is not a line break. */
    int take() {
        int c = peek();
        position++;
        column++;
        return c;
    }

    void skip(int count) {
        for (int i = 0; i < count; i++) {
            take();
        }
    }

    void skipBlanks() {
        while (isBlank()) {
            take();
        }
    }

    /** Skips spaces, and tabs where they are allowed as separators. */
    void skipSpaces(boolean tabs) {
        while (peek() == ' ' || (tabs && peek() == '\t')) {
            take();
        }
    }

    void skipComment() {
        if (peek() == '#') {
            while (!isBreakOrEnd()) {
                take();
            }
        }
    }

    /** Takes a line break, if there is one, and returns its normalized form. */
    String takeBreak() {
        int c = peek();
        if (!YamlCharacters.isBreak(c)) {
            return "";
        }
        position += c == '\r' && peek(1) == '\n' ? 2 : 1;
        column = 0;
        line++;
        boolean kept = c == YamlCharacters.LINE_SEPARATOR || c == YamlCharacters.PARAGRAPH_SEPARATOR;
        return kept ? Character.toString(c) : "\n";
    }

    /** Ends the current line, as a line break would. */
    void endLine() {
        if (column != 0) {
            column = 0;
            line++;
        }
    }

    YamlMark mark() {
        return new YamlMark(line, column);
    }

    /** Creates an error at the current position. */
    YamlSyntaxException error(String problem) {
        return new YamlSyntaxException(mark(), problem);
    }
}
