package dev.sluice.controller.queue;

/** How a run ended, for metrics. */
public enum RunOutcome {

    /** Succeeded; nothing more to do. */
    SUCCESS,
    /** Succeeded; due again after a fixed time. */
    REQUEUE_AFTER,
    /** Due again with back-off, without an error. */
    REQUEUE,
    /** Failed; due again with back-off. */
    ERROR,
    /** Failed with a terminal error; not due again. */
    TERMINAL_ERROR,
    /** Threw an unchecked exception or an error; due again with back-off. */
    PANIC,
    /** Exceeded its time limit; due again with back-off. */
    TIMEOUT,
    /** Interrupted because the controller stops or another group preempted it; due again at once. */
    ABANDONED
}
