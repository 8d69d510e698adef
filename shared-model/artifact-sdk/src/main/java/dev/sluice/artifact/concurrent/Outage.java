package dev.sluice.artifact.concurrent;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * State of something that fails and recovers, so that an outage is logged at its start and at its end, not at every
 * attempt. Thread-safe.
 */
public final class Outage {

    private final AtomicBoolean ongoing = new AtomicBoolean();

    /** Records a failure; true if it starts an outage. */
    public boolean starts() {
        return !ongoing.getAndSet(true);
    }

    /** Records a success; true if it ends an outage. */
    public boolean ends() {
        return ongoing.get() && ongoing.getAndSet(false);
    }
}
