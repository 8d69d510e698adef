package dev.sluice.reconciler.console;

/** The reason why a page cannot say where files come from. */
final class UnexplainedException extends Exception {

    private static final long serialVersionUID = 1L;

    UnexplainedException(String message) {
        super(message);
    }
}
