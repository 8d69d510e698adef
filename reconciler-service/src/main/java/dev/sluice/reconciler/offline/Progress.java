package dev.sluice.reconciler.offline;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A progress line on a terminal, shown once a command takes longer than half a second. */
final class Progress {

    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final String CLEAR_LINE = "\r\u001B[K";
    private static final int WIDTH = 79;

    private final PrintStream terminal;
    private final boolean enabled;
    private final Clock clock;
    private Instant next;
    private boolean shown;

    Progress(PrintStream terminal, boolean enabled, Clock clock) {
        this.terminal = terminal;
        this.enabled = enabled;
        this.clock = clock;
        this.next = clock.instant().plus(PATIENCE);
    }

    void show(String what) {
        Instant now = clock.instant();
        if (!enabled || now.isBefore(next)) {
            return;
        }
        terminal.print(CLEAR_LINE + what.substring(0, Math.min(what.length(), WIDTH)));
        terminal.flush();
        shown = true;
        next = now.plus(INTERVAL);
    }

    void clear() {
        if (shown) {
            terminal.print(CLEAR_LINE);
            terminal.flush();
            shown = false;
        }
    }
}
