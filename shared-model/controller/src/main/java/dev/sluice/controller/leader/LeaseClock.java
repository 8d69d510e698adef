package dev.sluice.controller.leader;

import dev.sluice.controller.queue.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The clock that a leader uses for its own lease. The monotonic clock stops while a virtual machine is suspended,
 * although the lease continues to expire for others; the wall clock can be set. Wall-clock time beyond the monotonic time
 * between two readings therefore counts as suspended time; if the wall clock is set back, only the monotonic clock
 * counts. Counting too much only ends leadership early, which is harmless. Thread-safe.
 */
final class LeaseClock {

    /** The two clocks are never read at exactly the same time. */
    private static final Duration NOTICED = Duration.ofMillis(100);

    private final Ticker ticker;
    private final InstantSource clock;
    private long lastNanos;
    private Instant lastWall;
    private long asleep;

    LeaseClock(Ticker ticker, InstantSource clock) {
        this.ticker = ticker;
        this.clock = clock;
        this.lastNanos = ticker.nanos();
        this.lastWall = clock.instant();
    }

    /** Nanoseconds since a fixed point, suspended time included; only differences are meaningful. */
    synchronized long nanos() {
        long nanos = ticker.nanos();
        Instant wall = clock.instant();
        Duration unseen = Duration.between(lastWall, wall).minusNanos(nanos - lastNanos);
        if (unseen.compareTo(NOTICED) > 0) {
            asleep += unseen.compareTo(Duration.ofDays(365)) < 0
                    ? unseen.toNanos()
                    : Duration.ofDays(365).toNanos();
        }
        lastNanos = nanos;
        lastWall = wall;
        return nanos + asleep;
    }
}
