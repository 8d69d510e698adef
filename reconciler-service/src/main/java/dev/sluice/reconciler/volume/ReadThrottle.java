package dev.sluice.reconciler.volume;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Leaves the disk to others between two files. */
@FunctionalInterface
interface ReadThrottle {

    /** Rests as long as the work took, so that half of the time is others', within 1 ms and 5 s. */
    ReadThrottle HALF = took -> {
        long millis = Math.min(5_000, Math.max(1, took.toMillis()));
        TimeUnit.MILLISECONDS.sleep(millis);
    };

    void after(Duration took) throws InterruptedException;
}
