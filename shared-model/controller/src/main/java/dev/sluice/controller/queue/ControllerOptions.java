package dev.sluice.controller.queue;

import java.time.Duration;

/**
 * Options for a controller.
 *
 * @param name lower-case kind of the objects, for threads, logs and metrics
 * @param workers number of keys that are reconciled concurrently
 * @param timeout time limit of a run, after which it is interrupted
 * @param backOff delays after failures
 */
public record ControllerOptions(String name, int workers, Duration timeout, BackOffOptions backOff) {

    /**
     * Validates the limits.
     *
     * @throws IllegalArgumentException if the number of workers or the timeout is not positive
     */
    public ControllerOptions {
        if (workers < 1) {
            throw new IllegalArgumentException(name + ": the number of workers must be positive, not " + workers);
        }
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException(name + ": the reconciliation timeout must be positive, not " + timeout);
        }
    }

    /** Ten workers, a time limit of 10 minutes, and Flux's back-off. */
    public static ControllerOptions named(String name) {
        return new ControllerOptions(name, 10, Duration.ofMinutes(10), BackOffOptions.DEFAULT);
    }

    /** Returns a copy with another number of workers. */
    public ControllerOptions withWorkers(int workers) {
        return new ControllerOptions(name, workers, timeout, backOff);
    }

    /** Returns a copy with another time limit for a run. */
    public ControllerOptions withTimeout(Duration timeout) {
        return new ControllerOptions(name, workers, timeout, backOff);
    }

    /** Returns a copy with another back-off. */
    public ControllerOptions withBackOff(BackOffOptions backOff) {
        return new ControllerOptions(name, workers, timeout, backOff);
    }
}
