package dev.sluice.reconciler.yaml;

/** Whitespace between two words of a text: blanks, or line breaks, which fold to a space or lose one break. */
final class LineFolding {

    private final StringBuilder blanks = new StringBuilder();
    private final StringBuilder furtherBreaks = new StringBuilder();
    private String firstBreak = "";
    private boolean broken;

    boolean isBroken() {
        return broken;
    }

    /** Adds a blank; blanks at the start of a line are dropped. */
    void blank(int blank) {
        if (!broken) {
            blanks.appendCodePoint(blank);
        }
    }

    void lineBreak(String lineBreak) {
        if (broken) {
            furtherBreaks.append(lineBreak);
        } else {
            blanks.setLength(0);
            firstBreak = lineBreak;
            broken = true;
        }
    }

    /** Adds an escaped line break, which produces no text. */
    void escapedBreak() {
        broken = true;
    }

    void moveTo(StringBuilder text) {
        if (!broken) {
            text.append(blanks);
        } else if (firstBreak.equals("\n") && furtherBreaks.isEmpty()) {
            text.append(' ');
        } else {
            text.append(firstBreak.equals("\n") ? "" : firstBreak).append(furtherBreaks);
        }
        blanks.setLength(0);
        furtherBreaks.setLength(0);
        firstBreak = "";
        broken = false;
    }

    /** Reads the following blanks and line breaks. */
    void read(YamlText text) {
        while (text.isBlank() || text.isBreak()) {
            if (text.isBlank()) {
                blank(text.take());
            } else {
                lineBreak(text.takeBreak());
            }
        }
    }
}
