package dev.sluice.reconciler.pathpattern;

/** Why captures cannot be read, matched or filled in. */
final class CaptureException extends Exception {

    private static final long serialVersionUID = 1L;

    CaptureException(String message) {
        super(message);
    }
}
