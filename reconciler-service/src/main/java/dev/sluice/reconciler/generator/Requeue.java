package dev.sluice.reconciler.generator;

import dev.sluice.controller.queue.Result;
import dev.sluice.reconciler.cluster.GeneratorAnnotations;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;

/** Determines when the next run follows an outcome. */
final class Requeue implements Outcome.Cases<Result> {

    private final UnaryOperator<Duration> jitter;
    private final Duration interval;

    /** @param jitter spreads the interval, so that objects created together do not run together */
    Requeue(UnaryOperator<Duration> jitter) {
        this(jitter, Duration.ZERO);
    }

    private Requeue(UnaryOperator<Duration> jitter, Duration interval) {
        this.jitter = jitter;
        this.interval = interval;
    }

    /**
     * Creates a policy with random jitter.
     *
     * @param percentage maximum deviation from the interval, in percent
     */
    static Requeue withJitter(int percentage) {
        return new Requeue(interval -> {
            double factor =
                    1 + percentage / 100.0 * (2 * ThreadLocalRandom.current().nextDouble() - 1);
            return Duration.ofMillis(Math.round(interval.toMillis() * factor));
        });
    }

    Result after(ArtifactGenerator generator, Outcome outcome) {
        return outcome.match(new Requeue(jitter, GeneratorAnnotations.interval(generator)));
    }

    @Override
    public Result ready(Outcome.Ready outcome) {
        return Result.requeueAfter(jitter.apply(interval));
    }

    @Override
    public Result upToDate(Outcome.UpToDate outcome) {
        return Result.requeueAfter(interval);
    }

    @Override
    public Result progressing(Outcome.Progressing outcome) {
        return Result.requeueAfter(Duration.ZERO);
    }

    @Override
    public Result waiting(Outcome.Waiting outcome) {
        return Result.requeueAfter(outcome.after());
    }

    @Override
    public Result retry(Outcome.Retry outcome) {
        return outcome.after() == null
                ? Result.failed(cause(outcome.reason(), outcome.message()))
                : Result.requeueAfter(outcome.after());
    }

    @Override
    public Result stalled(Outcome.Stalled outcome) {
        return outcome.recheck() == null
                ? Result.terminal(cause(outcome.reason(), outcome.message()))
                : Result.requeueAfter(outcome.recheck());
    }

    @Override
    public Result suspended(Outcome.Suspended outcome) {
        return Result.done();
    }

    @Override
    public Result deleted(Outcome.Deleted outcome) {
        return Result.done();
    }

    /** The failure that the worker loop counts and logs. */
    private static Exception cause(String reason, String message) {
        return new ReconcileFailure(reason, message, null, null);
    }
}
