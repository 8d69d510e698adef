package dev.sluice.reconciler.generator;

import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outcome of a run. {@link StatusReporter} turns it into conditions, events, a log line and the next run. */
sealed interface Outcome {

    /** Calls the method for this outcome. */
    <R> R match(Cases<R> cases);

    /** What the run has changed, whether it succeeded or failed. */
    default Changes changes() {
        return Changes.NONE;
    }

    /** One method for each outcome, so that the compiler reports unhandled ones. */
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

    /** All artifacts are published. */
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

    /** Nothing has drifted. */
    record UpToDate(int artifacts, int namespaces) implements Outcome {

        String message() {
            String others = namespaces == 0 ? "" : " and %d namespace(s) up to date".formatted(namespaces);
            return "No drift detected, %d artifact(s) up to date%s".formatted(artifacts, others);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.upToDate(this);
        }
    }

    /** The finalizer was added; the run that builds follows at once. */
    record Progressing() implements Outcome {

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.progressing(this);
        }
    }

    /**
     * The run cannot continue now; this is not a failure, and it is requeued.
     *
     * @param reason reason for the log
     * @param conditionMessage message for the conditions, the same for repeated waits; null for a wait of seconds
     */
    record Waiting(String reason, @Nullable String conditionMessage, Duration after) implements Outcome {

        Waiting(String reason, Duration after) {
            this(reason, null, after);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.waiting(this);
        }
    }

    /**
     * The run failed and is retried.
     *
     * @param after delay of the retry, or null for the object's exponential back-off
     * @param inventory the remaining inventory, or null if it is unchanged
     */
    record Retry(
            String reason,
            Failures failures,
            @Nullable Duration after,
            @Nullable List<ArtifactInventoryEntry> inventory,
            Changes changes)
            implements Outcome {

        /** The message for conditions and events. */
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
     * The run failed and is not retried until the spec, a source or the request annotation changes.
     *
     * @param inventory the remaining inventory, or null if it is unchanged
     * @param recheck delay of another run, because permissions can change without an event; null for none
     */
    record Stalled(
            String reason,
            String message,
            @Nullable List<ArtifactInventoryEntry> inventory,
            Changes changes,
            @Nullable Duration recheck)
            implements Outcome {

        static final Duration DENIED_RECHECK = Duration.ofMinutes(5);

        Stalled(String reason, String message) {
            this(reason, message, null, Changes.NONE, null);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.stalled(this);
        }
    }

    /** Suspended by annotation. */
    record Suspended(boolean justInitialized) implements Outcome {

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.suspended(this);
        }
    }

    /**
     * The finalizer is gone.
     *
     * @param left why some objects stay; empty if all are gone
     */
    record Deleted(Changes changes, List<String> left) implements Outcome {

        public Deleted {
            left = List.copyOf(left);
        }

        Deleted() {
            this(Changes.NONE, List.of());
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.deleted(this);
        }
    }
}
