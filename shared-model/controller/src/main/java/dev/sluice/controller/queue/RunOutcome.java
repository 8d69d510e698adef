package dev.sluice.controller.queue;

/** How a run of a reconciler ended, for metrics. */
public enum RunOutcome {

    /** Nothing more to do. */
    SUCCESS,
    /** Due again after a fixed time. */
    REQUEUE_AFTER,
    /** Due again with back-off, though nothing failed. */
    REQUEUE,
    /** Failed; due again with back-off. */
    ERROR,
    /** Failed for good: not due again. */
    TERMINAL_ERROR,
    /** Threw what no reconciler should: an unchecked exception or an error. Due again with back-off. */
    PANIC,
    /** Interrupted because it took too long. Due again with back-off. */
    TIMEOUT,
    /** Interrupted because the controller stops, or to give way to another group of keys; due again at once. */
    ABANDONED
}
