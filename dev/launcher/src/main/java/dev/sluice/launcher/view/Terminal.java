package dev.sluice.launcher.view;

import java.io.PrintStream;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Prints lines to standard output, in colour only on a terminal. Thread-safe. */
public final class Terminal {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final String RESET = "\u001b[0m";

    private final PrintStream out;
    private final boolean colours;

    /** The style of a line on a terminal. */
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

    /** Uses colours if the output is a terminal that supports them; the script {@code sluice} detects the terminal. */
    public static Terminal ofSystem() {
        boolean dumb = "dumb".equals(System.getenv("TERM")) || System.getenv("NO_COLOR") != null;
        return new Terminal(System.out, Boolean.getBoolean("sluice.terminal") && !dumb);
    }

    /** Prints an event with the time. */
    public synchronized void event(String what, String text) {
        event(Style.PLAIN, what, text);
    }

    /** Prints a problem with the time. */
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

    /** Prints text without the time. */
    public synchronized void print(String text) {
        out.println(text);
        out.flush();
    }

    String styled(Style style, String text) {
        return colours && style != Style.PLAIN ? style.code + text + RESET : text;
    }
}
