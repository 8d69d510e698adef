package dev.sluice.controller.queue;

/**
 * One run of a reconciler on one thread. Its lock makes sure that an interrupt meant for this run never reaches the
 * next one on the same thread.
 */
final class Run {

    /** Why a run was interrupted, if it was. */
    enum End {
        OF_ITSELF,
        TIMED_OUT,
        ABANDONED,
        /** For the sake of another group of keys. */
        GAVE_WAY
    }

    private final Thread thread = Thread.currentThread();
    private End end = End.OF_ITSELF;
    private boolean finished;

    synchronized void interrupt(End why) {
        if (!finished && end == End.OF_ITSELF) {
            end = why;
            thread.interrupt();
        }
    }

    synchronized boolean isTimedOut() {
        return end == End.TIMED_OUT;
    }

    /** Ends the run, on its own thread, and clears whatever interrupt it left. */
    @SuppressWarnings("ThreadInterrupted")
    synchronized End finish() {
        finished = true;
        Thread.interrupted();
        return end;
    }
}
