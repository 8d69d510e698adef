package dev.sluice.server.tomcat;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Which thread owns a poller. A thread that blocks in the middle of a step loses the poller to a successor, and learns of
 * it when the step ends. Steps are for the owner, {@link #takeIfBlocked} is for one watching thread.
 */
final class PollerOwnership {

    /** One sighting can fall into a pause of the whole process; several show that other threads ran. */
    private static final int SIGHTINGS = 3;

    /** Odd during a step, and never the same twice. */
    private final AtomicLong count = new AtomicLong();

    private long lastSeen;
    private int sightings;

    /** Begins a step; returns its number. */
    long begin() {
        return count.incrementAndGet();
    }

    /** Ends a step; false if a successor owns the poller. */
    boolean end(long step) {
        return count.compareAndSet(step, step + 1);
    }

    /** Takes the poller from a thread that was seen three times in a row in one step. Called at equal intervals. */
    boolean takeIfBlocked() {
        long now = count.get();
        boolean sameStep = now % 2 == 1 && now == lastSeen;
        sightings = sameStep ? sightings + 1 : 1;
        lastSeen = now;
        return sightings >= SIGHTINGS && end(now);
    }
}
