package dev.sluice.reconciler.history;

import dev.sluice.toolkit.meta.ObjectKey;
import org.jspecify.annotations.Nullable;

/** Observes runs. Called by the thread of the run. */
public interface RunListener {

    /** Ignores everything. */
    RunListener NONE = new RunListener() {
        @Override
        public void began(ObjectKey generator) {}

        @Override
        public void builds(String why) {}

        @Override
        public void ended(RunEnd result, String message, @Nullable NextRun next) {}
    };

    void began(ObjectKey generator);

    /** The run builds, for this reason. */
    void builds(String why);

    /**
     * The run has ended. Called once for each {@link #began}.
     *
     * @param next null if the run ended by an exception
     */
    void ended(RunEnd result, String message, @Nullable NextRun next);
}
