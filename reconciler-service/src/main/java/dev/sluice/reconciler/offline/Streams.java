package dev.sluice.reconciler.offline;

import java.io.PrintStream;

/** Where a command's results, errors and progress go. */
record Streams(PrintStream out, PrintStream err, Progress progress) {

    void error(String message) {
        progress.clear();
        err.println("error: " + message);
    }
}
