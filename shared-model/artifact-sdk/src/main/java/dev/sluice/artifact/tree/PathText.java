package dev.sluice.artifact.tree;

import java.nio.charset.StandardCharsets;

/** Helpers for the text of tree paths: ordering by UTF-8 bytes without encoding, and a form that is safe to print. */
final class PathText {

    private static final int MAX_PRINTED = 512;

    /** Length of the parts of a common prefix that are compared at once. */
    private static final int PART = 32;

    private PathText() {}

    /**
     * Compares by component, each by its UTF-8 bytes. To compare by component, the slash ranks below all other
     * characters. UTF-8 order is code point order, which differs from {@code char} order only for surrogates.
     */
    static int compare(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = commonParts(a, b, common); i < common; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                return rank(x) - rank(y);
            }
        }
        return a.length() - b.length();
    }

    /** Paths of a directory have a long common prefix, which {@link String#regionMatches} compares several times faster. */
    private static int commonParts(String a, String b, int length) {
        int end = 0;
        while (end + PART <= length && a.regionMatches(end, b, end, PART)) {
            end += PART;
        }
        return end;
    }

    private static int rank(char c) {
        if (c == '/') {
            return -1;
        }
        return Character.isSurrogate(c) ? c + Character.MAX_VALUE : c;
    }

    /** Returns the length in UTF-8 bytes, or -1 if there is an unpaired surrogate. */
    static int utf8Length(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                length += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            } else if (isPair(text, i)) {
                length += 4;
                i++;
            } else {
                return -1;
            }
        }
        return length;
    }

    private static boolean isPair(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Limits the length and replaces control characters, for messages. */
    static String printable(String text) {
        String head = text.length() > MAX_PRINTED ? text.substring(0, MAX_PRINTED) + "…" : text;
        return head.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
    }
}
