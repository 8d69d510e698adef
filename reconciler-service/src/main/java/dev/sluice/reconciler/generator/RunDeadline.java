package dev.sluice.reconciler.generator;

import dev.sluice.artifact.config.GoDuration;
import java.time.Duration;

/** Tells a run that was ended because its time was up from one that was ended because the process stops. */
record RunDeadline(Duration timeout) {

    /** Interrupts come a little late, never early; the slack is for the clock's grain. */
    private static final Duration SLACK = Duration.ofMillis(50);

    long start() {
        return System.nanoTime();
    }

    boolean isOver(long started) {
        return Duration.ofNanos(System.nanoTime() - started).plus(SLACK).compareTo(timeout) >= 0;
    }

    String message() {
        return "the reconciliation took longer than %s; raise --reconciliation-timeout if its sources need more"
                .formatted(GoDuration.format(timeout));
    }
}
