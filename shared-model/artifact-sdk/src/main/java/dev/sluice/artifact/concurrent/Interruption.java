package dev.sluice.artifact.concurrent;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;

/**
 * Interruption checks for long computations. An operation whose time depends on its input calls this at about every
 * step; a call costs as much as reading a field. The interrupt flag stays set, so that callers notice the interruption
 * too.
 */
public final class Interruption {

    private Interruption() {}

    /**
     * Fails if the current thread is interrupted.
     *
     * @throws InterruptedIOException if it is; the interrupt flag stays set
     */
    public static void check() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw exception();
        }
    }

    /**
     * Fails if the current thread is interrupted. For comparators and predicates, which cannot throw checked
     * exceptions.
     *
     * @throws UncheckedIOException with an {@link InterruptedIOException} as its cause; the interrupt flag stays set
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
