package dev.sluice.reconciler.generator;

import dev.sluice.controller.queue.Result;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;

/** When the next run follows an outcome. */
final class Requeue {

    static final Duration INTERVAL = Duration.ofHours(1);

    private final UnaryOperator<Duration> jitter;

    /**
     * Runs follow each other at an interval that is left to chance a little.
     *
     * @param jitter spreads the interval, so that objects made together do not stay together
     */
    Requeue(UnaryOperator<Duration> jitter) {
        this.jitter = jitter;
    }

    /**
     * The usual one.
     *
     * @param percentage the interval is shortened or stretched by at most this much
     */
    static Requeue withJitter(int percentage) {
        return new Requeue(interval -> {
            double factor =
                    1 + percentage / 100.0 * (2 * ThreadLocalRandom.current().nextDouble() - 1);
            return Duration.ofMillis(Math.round(interval.toMillis() * factor));
        });
    }

    Result after(Outcome outcome) {
        if (outcome instanceof Outcome.Ready) {
            return Result.requeueAfter(jitter.apply(INTERVAL));
        }
        if (outcome instanceof Outcome.UpToDate) {
            return Result.requeueAfter(INTERVAL);
        }
        if (outcome instanceof Outcome.Progressing) {
            return Result.requeueAfter(Duration.ZERO);
        }
        if (outcome instanceof Outcome.Waiting waiting) {
            return Result.requeueAfter(waiting.after());
        }
        if (outcome instanceof Outcome.Retry retry) {
            return retry.after() == null
                    ? Result.failed(cause(retry.reason(), retry.message()))
                    : Result.requeueAfter(retry.after());
        }
        if (outcome instanceof Outcome.Stalled stalled) {
            return Result.terminal(cause(stalled.reason(), stalled.message()));
        }
        return Result.done();
    }

    /** What the worker loop counts and logs. */
    private static Exception cause(String reason, String message) {
        return new ReconcileFailure(reason, message, null, null);
    }
}
