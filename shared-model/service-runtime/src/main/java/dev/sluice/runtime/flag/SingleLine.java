package dev.sluice.runtime.flag;

/** Text of a user as it may stand in a message of one line. */
final class SingleLine {

    private static final int MAX_LENGTH = 200;

    private SingleLine() {}

    static String of(String text) {
        String shortened = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
        return shortened.replaceAll("\\p{Cntrl}", "?");
    }
}
