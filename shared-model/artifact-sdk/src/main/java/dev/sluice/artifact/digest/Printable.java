package dev.sluice.artifact.digest;

/** Makes untrusted text safe for an error message: limits its length and replaces control characters. */
final class Printable {

    private static final int MAX_LENGTH = 160;

    private Printable() {}

    static String quote(String text) {
        String head = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
        return head.replaceAll("\\p{Cntrl}", "?");
    }
}
