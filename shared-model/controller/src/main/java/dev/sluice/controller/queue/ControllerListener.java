package dev.sluice.controller.queue;

import java.time.Duration;

/**
 * Listens to a queue and its workers, for metrics. By default, every method does nothing. Called from many threads,
 * partly under the queue's lock: must return quickly and must not call back. Exceptions are logged and otherwise
 * ignored.
 */
public interface ControllerListener {

    /** A listener that does nothing. */
    ControllerListener NONE = new ControllerListener() {};

    /** Called when a key was added to the queue that was not in it. */
    default void added() {}

    /** Called when a worker took a key, with the time that it waited. */
    default void taken(Duration waited) {}

    /** Called when a key was requeued with back-off. */
    default void retried() {}

    /** Called when a run ended. */
    default void finished(RunOutcome outcome, Duration took) {}
}
