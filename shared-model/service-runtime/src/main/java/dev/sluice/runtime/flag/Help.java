package dev.sluice.runtime.flag;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Formats the help: one table per group, wrapped at 110 columns. */
record Help(String program, String summary, Map<String, List<Flag>> groups) {

    private static final int WIDTH = 110;
    private static final int MAX_SYNTAX = 46;

    String text() {
        StringBuilder out = new StringBuilder();
        out.append(summary).append("\n\nUsage:\n  ").append(program).append(" [--flag=value | --flag value]...\n");
        int column = groups.values().stream()
                .flatMap(List::stream)
                .mapToInt(flag -> Math.min(MAX_SYNTAX, syntax(flag).length()))
                .max()
                .orElse(0);
        groups.forEach((title, flags) -> {
            out.append('\n').append(title).append(":\n");
            flags.forEach(flag -> row(out, syntax(flag), description(flag), column));
        });
        out.append("\nOther:\n");
        row(out, "--help, -h", "Print this help and exit.", column);
        row(out, "--version", "Print the version and exit.", column);
        out.append("""

                A boolean flag takes its value only after "=": --flag=false. The last value of a repeated flag is used,
                unless its description says that it can be repeated.
                Every flag is also the Spring property sluice.<flag> and the environment variable SLUICE_<FLAG>;
                the flag takes precedence over both. Set other Spring properties as --name.with.dots=value.
                """);
        return out.toString();
    }

    private static String syntax(Flag flag) {
        return "--" + flag.name()
                + (flag.type().syntax().isEmpty() ? "" : " " + flag.type().syntax());
    }

    private static String description(Flag flag) {
        String value = flag.defaultValue().isEmpty() ? "\"\"" : flag.defaultValue();
        String variable = flag.environment() == null ? "" : "; env " + flag.environment();
        return flag.description() + " (default " + value + variable + ")";
    }

    private static void row(StringBuilder out, String left, String right, int column) {
        out.append("  ").append(left);
        int indent = column + 4;
        String padding = " ".repeat(indent);
        if (left.length() > column) {
            out.append('\n').append(padding);
        } else {
            out.append(" ".repeat(indent - 2 - left.length()));
        }
        out.append(String.join("\n" + padding, wrap(right, WIDTH - indent))).append('\n');
    }

    private static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
