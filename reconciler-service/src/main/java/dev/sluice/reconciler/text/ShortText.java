package dev.sluice.reconciler.text;

/** The beginning of a text. */
public final class ShortText {

    private ShortText() {}

    /** Returns the text, or its first {@code length} characters and an ellipsis; splits no surrogate pair. */
    public static String of(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        return text.substring(0, end) + "…";
    }
}
