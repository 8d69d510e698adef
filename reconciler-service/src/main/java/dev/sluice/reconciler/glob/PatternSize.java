package dev.sluice.reconciler.glob;

import dev.sluice.toolkit.extensions.CopyOperation;

/** Estimates the maximum heap of the compiled patterns of a copy operation. */
public final class PatternSize {

    /** Typically two nodes of the automaton and their map entries. */
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
