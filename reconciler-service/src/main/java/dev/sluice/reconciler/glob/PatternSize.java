package dev.sluice.reconciler.glob;

import dev.sluice.toolkit.extensions.CopyOperation;

/** How much heap the patterns of a copy operation take when they are compiled, at most. */
public final class PatternSize {

    /** Two places of the automaton, mostly, with what finds them again. */
    private static final long BYTES_PER_CHARACTER = 512;

    private PatternSize() {}

    public static long of(CopyOperation operation) {
        long characters = operation.from().length();
        for (String exclude : operation.exclude()) {
            characters += exclude.length();
        }
        return BYTES_PER_CHARACTER * characters;
    }
}
