package dev.sluice.reconciler.pathpattern;

/** A path pattern that is wrong, or that renders an artifact that cannot exist. */
public final class PathPatternException extends Exception {

    private static final long serialVersionUID = 1L;

    PathPatternException(String message) {
        super(message);
    }
}
