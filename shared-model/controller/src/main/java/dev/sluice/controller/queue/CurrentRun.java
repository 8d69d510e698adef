package dev.sluice.controller.queue;

/** The run of a {@link Reconciler} on the current thread. */
public final class CurrentRun {

    private static final ThreadLocal<Run> RUN = new ThreadLocal<>();

    private CurrentRun() {}

    /**
     * Whether the run was interrupted because it exceeded {@link ControllerOptions#timeout()}, and not because
     * the controller stops or another group of keys needs the thread. False outside of a run.
     */
    public static boolean isTimedOut() {
        Run run = RUN.get();
        return run != null && run.isTimedOut();
    }

    /** Whether the run was interrupted, for whatever reason; it is repeated. False outside of a run. */
    public static boolean isInterrupted() {
        Run run = RUN.get();
        return run != null && run.isInterrupted();
    }

    static void set(Run run) {
        RUN.set(run);
    }

    static void clear() {
        RUN.remove();
    }
}
