package dev.sluice.controller.leader;

import dev.sluice.controller.queue.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time that a leader counts for itself. A monotonic clock stands still while a virtual machine is suspended, and the
 * lease runs out for the others meanwhile; a wall clock can be set. So whatever the wall clock moves on beyond the
 * monotonic one between two looks counts as time asleep; when it is set back, the monotonic one goes on alone. Counting
 * too much ends a lead too early, which does no harm. Thread-safe.
 */
final class LeaseClock {

    /** Two looks at two clocks are never quite at the same time. */
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

    /** Nanoseconds since some fixed point, those asleep included: only differences mean something. */
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
