package dev.sluice.reconciler.yaml;

/** What stands between two words of a text: blanks, or line breaks, which fold to a space or to one break less. */
final class LineFolding {

    private final StringBuilder blanks = new StringBuilder();
    private final StringBuilder furtherBreaks = new StringBuilder();
    private String firstBreak = "";
    private boolean broken;

    boolean isBroken() {
        return broken;
    }

    /** Blanks at the beginning of a line do not count. */
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

    /** A line break that stands for nothing. */
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

    /** Takes the blanks and line breaks that follow. */
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
