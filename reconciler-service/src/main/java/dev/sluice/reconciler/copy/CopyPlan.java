package dev.sluice.reconciler.copy;

import dev.sluice.reconciler.glob.InvalidPatternException;
import dev.sluice.toolkit.extensions.CopyOperation;

/** A parsed and validated copy operation. */
record CopyPlan(SourceSelector from, Destination to, Excludes excludes, Strategy strategy, boolean optional) {

    static CopyPlan parse(CopyOperation copy) throws CopyException, InvalidPatternException {
        return new CopyPlan(
                SourceSelector.parse(copy.from()),
                Destination.parse(copy.to()),
                Excludes.parse(copy.exclude()),
                Strategy.parse(copy.strategy()),
                Boolean.TRUE.equals(copy.optional()));
    }
}
