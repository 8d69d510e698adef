package dev.sluice.reconciler.cel;

/** An expression cannot be compiled, or cannot be evaluated for a value. */
public final class CelException extends Exception {

    private static final long serialVersionUID = 1L;

    CelException(String message) {
        super(message);
    }
}
