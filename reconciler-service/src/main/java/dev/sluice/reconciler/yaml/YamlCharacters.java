package dev.sluice.reconciler.yaml;

/** Character classes of YAML 1.1. */
final class YamlCharacters {

    static final int BYTE_ORDER_MARK = 0xFEFF;
    static final int NEXT_LINE = 0x85;
    static final int LINE_SEPARATOR = 0x2028;
    static final int PARAGRAPH_SEPARATOR = 0x2029;

    private YamlCharacters() {}

    static boolean isBlank(int c) {
        return c == ' ' || c == '\t';
    }

    static boolean isBreak(int c) {
        return c == '\n' || c == '\r' || c == NEXT_LINE || c == LINE_SEPARATOR || c == PARAGRAPH_SEPARATOR;
    }

    /** Whether a file may contain the character. */
    static boolean isAllowed(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0x7E)
                || c == NEXT_LINE
                || (c >= 0xA0 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000;
    }

    /**
     * Whether Go's writer emits the character unescaped. It escapes more than necessary, for example tabs and emoji.
     */
    static boolean isPrintable(int c) {
        return c == '\n'
                || (c >= 0x20 && c <= 0x7E)
                || (c >= 0xA0 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD && c != BYTE_ORDER_MARK);
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** Whether the character is allowed in names of anchors and tag handles. */
    static boolean isWord(int c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
    }
}
