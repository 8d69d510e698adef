package dev.sluice.reconciler.glob;

import java.io.IOException;

/** A glob, exclude or path pattern is invalid. */
public final class InvalidPatternException extends IOException {

    private static final long serialVersionUID = 1L;

    InvalidPatternException(String pattern, String problem) {
        super("invalid pattern \"%s\": %s".formatted(pattern, problem));
    }
}
