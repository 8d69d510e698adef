package dev.sluice.reconciler.volume;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Pause between two files that leaves disk bandwidth to others. */
@FunctionalInterface
interface ReadThrottle {

    /** Pauses as long as the read took, which halves the load; at least 1 ms, at most 5 s. */
    ReadThrottle HALF = took -> {
        long millis = Math.min(5_000, Math.max(1, took.toMillis()));
        TimeUnit.MILLISECONDS.sleep(millis);
    };

    void after(Duration took) throws InterruptedException;
}
