package dev.sluice.reconciler.glob;

import java.util.ArrayList;
import java.util.List;

/** The set of code points of a bracket expression such as {@code [a-z0-9]}. */
record CharacterClass(boolean negated, List<Range> ranges) {

    CharacterClass {
        ranges = List.copyOf(ranges);
    }

    boolean contains(int codePoint) {
        for (Range range : ranges) {
            if (range.first <= codePoint && codePoint <= range.last) {
                return !negated;
            }
        }
        return negated;
    }

    /** An inclusive range; empty if the bounds are swapped. */
    record Range(int first, int last) {}

    /** Collects ranges while a pattern is parsed. */
    static final class Builder {

        private final boolean negated;
        private final List<Range> ranges = new ArrayList<>();

        Builder(boolean negated) {
            this.negated = negated;
        }

        Builder add(int first, int last) {
            ranges.add(new Range(first, last));
            return this;
        }

        boolean isEmpty() {
            return ranges.isEmpty();
        }

        CharacterClass build() {
            return new CharacterClass(negated, ranges);
        }
    }
}
