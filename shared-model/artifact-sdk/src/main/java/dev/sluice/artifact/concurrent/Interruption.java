package dev.sluice.artifact.concurrent;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;

/**
 * Ends computations of an interrupted thread. Whatever takes time in proportion to its input calls this about as often as
 * it takes a step; a call costs no more than reading a field. The interrupt flag stays set, so that everything further up
 * ends too.
 */
public final class Interruption {

    private Interruption() {}

    /**
     * Returns unless this thread is interrupted.
     *
     * @throws InterruptedIOException if it is; the interrupt flag stays set
     */
    public static void check() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw exception();
        }
    }

    /**
     * Returns unless this thread is interrupted: for comparators and predicates, which cannot throw an I/O exception.
     *
     * @throws UncheckedIOException with an {@link InterruptedIOException} as its cause if it is; the interrupt flag stays
     *     set
     */
    public static void checkUnchecked() {
        if (Thread.currentThread().isInterrupted()) {
            throw new UncheckedIOException(exception());
        }
    }

    private static InterruptedIOException exception() {
        return new InterruptedIOException("interrupted");
    }
}
