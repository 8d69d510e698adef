package dev.sluice.launcher.view;

import java.io.PrintStream;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Prints lines, one writer at a time; colours only on a terminal. */
public final class Terminal {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final String RESET = "\u001b[0m";

    private final PrintStream out;
    private final boolean colours;

    /** How a line looks on a terminal. */
    enum Style {
        PLAIN(""),
        GOOD("\u001b[32m"),
        BAD("\u001b[31m"),
        DIM("\u001b[2m"),
        BOLD("\u001b[1m");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    public Terminal(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    /** Colours when the output is a terminal that can show them; only the script that starts us can tell. */
    public static Terminal ofSystem() {
        boolean dumb = "dumb".equals(System.getenv("TERM")) || System.getenv("NO_COLOR") != null;
        return new Terminal(System.out, Boolean.getBoolean("sluice.terminal") && !dumb);
    }

    /** Something that happened, with the time. */
    public synchronized void event(String what, String text) {
        event(Style.PLAIN, what, text);
    }

    /** Something that went wrong, with the time. */
    public synchronized void problem(String what, String text) {
        event(Style.BAD, what, text);
    }

    synchronized void event(Style style, String what, String text) {
        String first = text.lines().findFirst().orElse("");
        out.printf(
                "%s  %-10s %s%n",
                styled(Style.DIM, LocalTime.now(ZoneId.systemDefault()).format(TIME)), styled(style, what), first);
        text.lines().skip(1).forEach(line -> out.printf("%s%s%n", " ".repeat(21), line));
        out.flush();
    }

    /** Lines without time. */
    public synchronized void print(String text) {
        out.println(text);
        out.flush();
    }

    String styled(Style style, String text) {
        return colours && style != Style.PLAIN ? style.code + text + RESET : text;
    }
}
