package dev.sluice.kubetest.real;

import java.io.IOException;
import java.time.Duration;

/** The deadline of a start. */
record StartDeadline(Duration budget, long atNanos) {

    static StartDeadline in(Duration budget) {
        return new StartDeadline(budget, System.nanoTime() + budget.toNanos());
    }

    void check(String what, ServerProcess process) throws IOException {
        if (System.nanoTime() - atNanos > 0) {
            throw new IOException(what + " is not ready after " + budget.toSeconds() + " s: " + process.logTail());
        }
    }
}
