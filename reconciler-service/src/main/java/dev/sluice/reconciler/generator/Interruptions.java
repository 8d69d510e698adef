package dev.sluice.reconciler.generator;

/** An interrupted thread meets its interruption as a failure of whatever I/O it was doing. */
final class Interruptions {

    private Interruptions() {}

    /**
     * Tells an interruption from a failure.
     *
     * @throws InterruptedException if the failure came from this thread's interruption: the run is over, not its I/O
     */
    static void rethrow(Exception failure) throws InterruptedException {
        if (Thread.interrupted()) {
            InterruptedException interrupted = new InterruptedException("interrupted while: " + failure.getMessage());
            interrupted.addSuppressed(failure);
            throw interrupted;
        }
    }
}
