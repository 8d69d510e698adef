package dev.sluice.runtime.logging;

/** Formats a human-readable line: tab-separated time, level, logger, message, and the fields as JSON. */
final class ConsoleLine {

    private static final int MAX_TEXT = 8_192;

    private ConsoleLine() {}

    static String render(LogRecord line) {
        StringBuilder out = new StringBuilder(256);
        out.append(line.timestamp()).append('\t').append(line.level()).append('\t');
        out.append(line.logger()).append('\t').append(indented(line.message()));
        if (!line.fields().isEmpty()) {
            out.append('\t').append(LogJson.of(line.fields(), MAX_TEXT));
        }
        if (!line.stackTrace().isEmpty()) {
            out.append("\n\t").append(indented(line.stackTrace().stripTrailing()));
        }
        return out.append('\n').toString();
    }

    private static String indented(String text) {
        return text.replaceAll("\\R", "\n\t");
    }
}
