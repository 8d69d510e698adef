package dev.sluice.reconciler.pathpattern;

/** A path pattern is invalid, or renders an invalid artifact. */
public final class PathPatternException extends Exception {

    private static final long serialVersionUID = 1L;

    PathPatternException(String message) {
        super(message);
    }
}
