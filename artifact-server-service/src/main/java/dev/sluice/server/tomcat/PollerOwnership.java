package dev.sluice.server.tomcat;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Ownership of a poller by a thread. A thread that blocks during a step loses the poller to a successor, and detects this
 * at the end of the step. The owner calls the methods for steps; one watchdog thread calls {@link #takeIfBlocked}.
 */
final class PollerOwnership {

    /** A single sighting can be due to a pause of the whole process; several show that other threads ran. */
    private static final int SIGHTINGS = 3;

    /** Odd during a step; never repeats a value. */
    private final AtomicLong count = new AtomicLong();

    private long lastSeen;
    private int sightings;

    /** Starts a step; returns its number. */
    long begin() {
        return count.incrementAndGet();
    }

    /** Ends a step; false if a successor owns the poller. */
    boolean end(long step) {
        return count.compareAndSet(step, step + 1);
    }

    /** Takes the poller from a thread that was in the same step at three calls in a row. Called at equal intervals. */
    boolean takeIfBlocked() {
        long now = count.get();
        boolean sameStep = now % 2 == 1 && now == lastSeen;
        sightings = sameStep ? sightings + 1 : 1;
        lastSeen = now;
        return sightings >= SIGHTINGS && end(now);
    }
}
