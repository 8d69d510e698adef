package dev.sluice.reconciler.offline;

import java.io.InputStream;
import java.io.PrintStream;

/** Standard input, and where a command's results, errors and progress go. */
record Streams(InputStream in, PrintStream out, PrintStream err, Progress progress) {

    void error(String message) {
        progress.clear();
        err.println("error: " + EscapedText.of(message));
    }

    /** Something that works, and that its user may not want. */
    void hint(String message) {
        progress.clear();
        err.println("hint: " + EscapedText.of(message));
    }
}
