package dev.sluice.reconciler.glob;

import java.nio.charset.StandardCharsets;

/**
 * Text as UTF-8 bytes, one byte in each char.
 * <p>In Go's {@code path.Match} a {@code *} can end inside a multi-byte character, so a compatible matcher must work on
 *     bytes. ASCII text, the usual case, is its own byte text and is not converted.
 */
final class Utf8Text {

    private static final int REPLACEMENT = 0xFFFD;

    private Utf8Text() {}

    static String bytesOf(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            }
        }
        return text;
    }

    /** The length in bytes of the character at a position; 1 inside a character. */
    static int lengthAt(String bytes, int at) {
        char lead = bytes.charAt(at);
        if (lead < 0xC0) {
            return 1;
        }
        int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        return at + length <= bytes.length() ? length : 1;
    }

    /** The character at a position, or U+FFFD inside a character. */
    static int codePointAt(String bytes, int at) {
        char lead = bytes.charAt(at);
        if (lead < 0x80) {
            return lead;
        }
        int length = lengthAt(bytes, at);
        if (length == 1) {
            return REPLACEMENT;
        }
        int codePoint = lead & (0xFF >> (length + 1));
        for (int i = 1; i < length; i++) {
            codePoint = (codePoint << 6) | (bytes.charAt(at + i) & 0x3F);
        }
        return codePoint;
    }
}
