package dev.sluice.reconciler.pathpattern;

/** Captures cannot be parsed, matched or rendered. */
final class CaptureException extends Exception {

    private static final long serialVersionUID = 1L;

    CaptureException(String message) {
        super(message);
    }
}
