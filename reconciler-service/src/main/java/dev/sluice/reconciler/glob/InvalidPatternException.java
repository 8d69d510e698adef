package dev.sluice.reconciler.glob;

import java.io.IOException;

/** A glob, exclude or path pattern that cannot be read. */
public final class InvalidPatternException extends IOException {

    private static final long serialVersionUID = 1L;

    InvalidPatternException(String pattern, String problem) {
        super("pattern \"%s\" is not valid: %s".formatted(pattern, problem));
    }
}
