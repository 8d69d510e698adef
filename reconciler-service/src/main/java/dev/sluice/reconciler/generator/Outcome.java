package dev.sluice.reconciler.generator;

import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a run ended. Only {@link StatusReporter} turns it into conditions, events, a log line and the next run. */
sealed interface Outcome {

    /** Calls the case of this outcome. */
    <R> R match(Cases<R> cases);

    /** One method for each outcome, so that the compiler finds whoever forgets one. */
    interface Cases<R> {

        R ready(Ready outcome);

        R upToDate(UpToDate outcome);

        R progressing(Progressing outcome);

        R waiting(Waiting outcome);

        R retry(Retry outcome);

        R stalled(Stalled outcome);

        R suspended(Suspended outcome);

        R deleted(Deleted outcome);
    }

    /** Everything asked for is published. */
    record Ready(List<ArtifactInventoryEntry> inventory, String observedSourcesDigest, Changes changes)
            implements Outcome {
        public Ready {
            inventory = List.copyOf(inventory);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.ready(this);
        }
    }

    /** Nothing had to be done. */
    record UpToDate(int artifacts) implements Outcome {

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.upToDate(this);
        }
    }

    /** The object was prepared (finalizer); the run that builds follows at once. */
    record Progressing() implements Outcome {

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.progressing(this);
        }
    }

    /**
     * The run cannot go on now, through no fault of anybody: it is under way still, and comes again.
     *
     * @param reason for the log
     * @param told to the owner, always in the same words; null for a wait that is a matter of seconds
     */
    record Waiting(String reason, @Nullable String told, Duration after) implements Outcome {

        Waiting(String reason, Duration after) {
            this(reason, null, after);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.waiting(this);
        }
    }

    /**
     * The run failed and will be tried again.
     *
     * @param after when, or null for the object's exponential back-off
     * @param inventory what still stands, or null when this run changed nothing of it
     */
    record Retry(
            String reason,
            Failures failures,
            @Nullable Duration after,
            @Nullable List<ArtifactInventoryEntry> inventory,
            Changes changes)
            implements Outcome {

        /** What conditions and events say. */
        String message() {
            return failures.text();
        }

        static Retry of(String reason, String message, @Nullable Duration after) {
            return new Retry(reason, Failures.of(message), after, null, Changes.NONE);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.retry(this);
        }
    }

    /**
     * Trying again is pointless until the spec, a source or the request annotation changes.
     *
     * @param inventory what still stands, or null when this run changed nothing of it
     */
    record Stalled(String reason, String message, @Nullable List<ArtifactInventoryEntry> inventory, Changes changes)
            implements Outcome {

        Stalled(String reason, String message) {
            this(reason, message, null, Changes.NONE);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.stalled(this);
        }
    }

    /** Paused by annotation. */
    record Suspended(boolean justInitialized) implements Outcome {

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.suspended(this);
        }
    }

    /** Everything is gone, the finalizer too. */
    record Deleted() implements Outcome {

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.deleted(this);
        }
    }
}
