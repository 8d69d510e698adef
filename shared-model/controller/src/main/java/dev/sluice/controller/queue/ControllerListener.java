package dev.sluice.controller.queue;

import java.time.Duration;

/**
 * Told what a queue and its workers do, for metrics. Every method does nothing by default. Called from many threads,
 * partly under the queue's lock: be quick and do not call back. What a method throws is logged and otherwise ignored.
 */
public interface ControllerListener {

    /** A listener that does nothing. */
    ControllerListener NONE = new ControllerListener() {};

    /** A key that was not waiting now waits. */
    default void added() {}

    /** A worker took a key that had waited so long. */
    default void taken(Duration waited) {}

    /** A key was put off by back-off. */
    default void retried() {}

    /** A run ended. */
    default void finished(RunOutcome outcome, Duration took) {}
}
