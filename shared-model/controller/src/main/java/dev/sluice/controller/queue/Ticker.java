package dev.sluice.controller.queue;

import java.util.concurrent.locks.Condition;

/** Time that only moves forward. Tests put in their own; {@link #system()} is for everybody else. */
public interface Ticker {

    /** Nanoseconds since some fixed point, as {@link System#nanoTime()}: only differences mean something. */
    long nanos();

    /**
     * Waits until signalled, or until this ticker's time has moved on by {@code nanos}; may return early, so call it in
     * a loop. The caller holds the condition's lock.
     *
     * @return an estimate of what is left to wait, as {@link Condition#awaitNanos}
     * @throws InterruptedException if the thread is interrupted
     */
    long await(Condition condition, long nanos) throws InterruptedException;

    /** The machine's monotonic clock. */
    static Ticker system() {
        return SystemTicker.INSTANCE;
    }
}
