package dev.sluice.controller.queue;

import java.time.Duration;

/**
 * How a controller works.
 *
 * @param name lower-case kind of the objects, for threads, logs and metrics
 * @param workers how many keys are worked on at the same time
 * @param timeout after this time a run is interrupted
 * @param backOff how long a key waits after failures
 */
public record ControllerOptions(String name, int workers, Duration timeout, BackOffOptions backOff) {

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if there are no workers or no time
     */
    public ControllerOptions {
        if (workers < 1) {
            throw new IllegalArgumentException(name + ": a controller needs at least one worker, not " + workers);
        }
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException(name + ": the reconciliation timeout must be positive, not " + timeout);
        }
    }

    /** Ten workers, 10 minutes a run, Flux's back-off. */
    public static ControllerOptions named(String name) {
        return new ControllerOptions(name, 10, Duration.ofMinutes(10), BackOffOptions.DEFAULT);
    }

    /** The same with another number of workers. */
    public ControllerOptions withWorkers(int workers) {
        return new ControllerOptions(name, workers, timeout, backOff);
    }

    /** The same with another time limit for a run. */
    public ControllerOptions withTimeout(Duration timeout) {
        return new ControllerOptions(name, workers, timeout, backOff);
    }

    /** The same with another back-off. */
    public ControllerOptions withBackOff(BackOffOptions backOff) {
        return new ControllerOptions(name, workers, timeout, backOff);
    }
}
