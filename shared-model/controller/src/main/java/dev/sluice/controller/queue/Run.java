package dev.sluice.controller.queue;

/**
 * One run of a reconciler on one thread. Its lock ensures that an interrupt for this run never reaches the next run on
 * the same thread.
 */
final class Run {

    /** How a run ended: by itself, or the reason for which it was interrupted. */
    enum End {
        COMPLETED,
        TIMED_OUT,
        ABANDONED,
        /** Interrupted for another group of keys. */
        PREEMPTED
    }

    private final Thread thread = Thread.currentThread();
    private End end = End.COMPLETED;
    private boolean finished;

    synchronized void interrupt(End why) {
        if (!finished && end == End.COMPLETED) {
            end = why;
            thread.interrupt();
        }
    }

    synchronized boolean isTimedOut() {
        return end == End.TIMED_OUT;
    }

    synchronized boolean isInterrupted() {
        return end != End.COMPLETED;
    }

    /** Ends the run on its own thread and clears the interrupt flag. */
    @SuppressWarnings("ThreadInterrupted")
    synchronized End finish() {
        finished = true;
        Thread.interrupted();
        return end;
    }
}
