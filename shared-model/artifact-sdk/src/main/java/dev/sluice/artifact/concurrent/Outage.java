package dev.sluice.artifact.concurrent;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tracks whether a dependency is failing, so that an outage is logged at its start and at its end, not at every
 * attempt. Thread-safe.
 */
public final class Outage {

    private final AtomicBoolean ongoing = new AtomicBoolean();

    /** Records a failure. Returns true if an outage starts. */
    public boolean starts() {
        return !ongoing.getAndSet(true);
    }

    /** Records a success. Returns true if an outage ends. */
    public boolean ends() {
        return ongoing.get() && ongoing.getAndSet(false);
    }
}
