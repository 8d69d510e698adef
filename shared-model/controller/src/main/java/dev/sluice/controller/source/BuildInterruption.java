package dev.sluice.controller.source;

import dev.sluice.controller.queue.CurrentRun;
import java.io.InterruptedIOException;

/** Distinguishes builds that were interrupted from those that failed. */
final class BuildInterruption {

    private BuildInterruption() {}

    /**
     * Returns the failure to report.
     *
     * @throws InterruptedIOException if the controller stops, or another namespace needs the worker: not a failure of the
     *     object
     */
    @SuppressWarnings("ThreadInterrupted") // the flag would fail the requests of the report
    static BuildFailure reported(BuildFailure failure) throws InterruptedIOException {
        if (CurrentRun.isTimedOut()) {
            boolean unused = Thread.interrupted();
            return BuildFailure.retry(
                    "BuildFailed",
                    "the build exceeded the limit of " + ArtifactReconciler.TIME_LIMIT.toMinutes() + " minutes",
                    failure);
        }
        if (CurrentRun.isInterrupted()) {
            InterruptedIOException interrupted = new InterruptedIOException("the build was interrupted");
            interrupted.initCause(failure);
            throw interrupted;
        }
        return failure;
    }
}
