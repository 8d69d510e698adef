package dev.sluice.reconciler.generator;

import dev.sluice.controller.queue.Result;
import dev.sluice.reconciler.history.NextRun;
import dev.sluice.reconciler.history.RunEnd;
import dev.sluice.reconciler.history.RunListener;
import dev.sluice.reconciler.spec.GeneratorReasons;
import org.jspecify.annotations.Nullable;

/**
 * What the history says of a run.
 *
 * @param next null if the run ended by an exception
 */
record RunSummary(RunEnd end, String message, @Nullable NextRun next) {

    /** A run that ended without an outcome. */
    static final RunSummary NONE = new RunSummary(RunEnd.INTERRUPTED, "the run ended without a result", null);

    static RunSummary of(Outcome outcome, Result result) {
        return outcome.match(new Cases(next(result)));
    }

    void report(RunListener listener) {
        listener.ended(end, message, next);
    }

    private static NextRun next(Result result) {
        if (result instanceof Result.RequeueAfter later) {
            return NextRun.in(later.delay());
        }
        return result instanceof Result.Retry ? NextRun.backOff() : NextRun.never();
    }

    private record Cases(NextRun next) implements Outcome.Cases<RunSummary> {

        @Override
        public RunSummary ready(Outcome.Ready outcome) {
            return of(RunEnd.READY, StatusPlanner.succeededMessage(outcome.inventory()));
        }

        @Override
        public RunSummary upToDate(Outcome.UpToDate outcome) {
            return of(RunEnd.UP_TO_DATE, outcome.message());
        }

        @Override
        public RunSummary progressing(Outcome.Progressing outcome) {
            return of(RunEnd.PROGRESSING, "added the finalizer");
        }

        @Override
        public RunSummary waiting(Outcome.Waiting outcome) {
            return of(RunEnd.WAITING, outcome.reason());
        }

        @Override
        public RunSummary retry(Outcome.Retry outcome) {
            return of(RunEnd.FAILED, outcome.reason() + ": " + outcome.message());
        }

        @Override
        public RunSummary stalled(Outcome.Stalled outcome) {
            return of(RunEnd.STALLED, outcome.reason() + ": " + outcome.message());
        }

        @Override
        public RunSummary suspended(Outcome.Suspended outcome) {
            return of(RunEnd.SUSPENDED, GeneratorReasons.MESSAGE_DISABLED);
        }

        @Override
        public RunSummary deleted(Outcome.Deleted outcome) {
            return of(RunEnd.DELETED, "");
        }

        private RunSummary of(RunEnd end, String message) {
            return new RunSummary(end, message, next);
        }
    }
}
