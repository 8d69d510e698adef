package dev.sluice.reconciler.offline;

import dev.sluice.reconciler.text.EscapedText;
import java.io.InputStream;
import java.io.PrintStream;

/** Standard input, and the streams for a command's results, errors and progress. */
record Streams(InputStream in, PrintStream out, PrintStream err, Progress progress) {

    void error(String message) {
        progress.clear();
        err.println("error: " + EscapedText.of(message));
    }

    /** Prints a hint about a valid result that the user may not want. */
    void hint(String message) {
        progress.clear();
        err.println("hint: " + EscapedText.of(message));
    }
}
