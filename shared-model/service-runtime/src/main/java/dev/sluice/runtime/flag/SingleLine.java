package dev.sluice.runtime.flag;

/** Makes user input safe for a one-line message. */
final class SingleLine {

    private static final int MAX_LENGTH = 200;

    private SingleLine() {}

    static String of(String text) {
        String shortened = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
        return shortened.replaceAll("\\p{Cntrl}", "?");
    }
}
