package dev.sluice.controller.queue;

import java.util.concurrent.locks.Condition;

/** A monotonic clock. Tests substitute their own; otherwise use {@link #system()}. */
public interface Ticker {

    /** Nanoseconds since a fixed point, like {@link System#nanoTime()}; only differences are meaningful. */
    long nanos();

    /**
     * Waits until signalled, or until {@code nanos} have elapsed on this clock. May return early, so call it in a loop.
     * The caller must hold the condition's lock.
     *
     * @return an estimate of the remaining time, like {@link Condition#awaitNanos}
     * @throws InterruptedException if the thread is interrupted
     */
    long await(Condition condition, long nanos) throws InterruptedException;

    /** Returns the system's monotonic clock. */
    static Ticker system() {
        return SystemTicker.INSTANCE;
    }
}
