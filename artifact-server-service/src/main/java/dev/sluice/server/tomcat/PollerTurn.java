package dev.sluice.server.tomcat;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which thread has a poller's turn. A thread that is held up in the middle of a step loses it to a successor, and finds that
 * out when the step ends. Steps are for the thread that has the turn, {@link #heldUp} is for one that watches it.
 */
final class PollerTurn {

    /** One look may fall into a pause of the whole process; so many looks apart show that others went on. */
    private static final int SIGHTINGS = 3;

    /** Odd during a step, and never the same twice. */
    private final AtomicLong count = new AtomicLong();

    private long lastSeen;
    private int sightings;

    /** Begins a step, and names it. */
    long begin() {
        return count.incrementAndGet();
    }

    /** Ends a step; false if the turn is a successor's by now. */
    boolean end(long step) {
        return count.compareAndSet(step, step + 1);
    }

    /** Takes the turn away from the thread that is at this step; false if that has come to its end. */
    boolean take(long step) {
        return end(step);
    }

    /** The step that the last three calls found going on, if any; called at equal intervals. */
    OptionalLong heldUp() {
        long now = count.get();
        boolean sameStep = now % 2 == 1 && now == lastSeen;
        sightings = sameStep ? sightings + 1 : 1;
        lastSeen = now;
        return sightings >= SIGHTINGS ? OptionalLong.of(now) : OptionalLong.empty();
    }
}
