package dev.sluice.reconciler.generator;

/** Detects interruptions, which surface as I/O failures of the interrupted thread. */
final class Interruptions {

    private Interruptions() {}

    /**
     * Rethrows a failure as an interruption if this thread was interrupted.
     *
     * @throws InterruptedException if the thread was interrupted; the failure is suppressed in it
     */
    static void rethrow(Exception failure) throws InterruptedException {
        if (Thread.interrupted()) {
            InterruptedException interrupted = new InterruptedException("interrupted while: " + failure.getMessage());
            interrupted.addSuppressed(failure);
            throw interrupted;
        }
    }
}
