package dev.sluice.reconciler.history;

/** How a run ended. */
public enum RunEnd {
    /** All artifacts are published. */
    READY,
    /** Nothing had changed. */
    UP_TO_DATE,
    /** The finalizer was added. */
    PROGRESSING,
    /** The run could not continue yet, for example because a source is being fetched. */
    WAITING,
    /** The run failed and is retried. */
    FAILED,
    /** The run failed and is not retried until something changes. */
    STALLED,
    SUSPENDED,
    /** The finalizer was removed. */
    DELETED,
    /** The run ended without an outcome: a conflict, a defect, or the end of the process. */
    INTERRUPTED
}
