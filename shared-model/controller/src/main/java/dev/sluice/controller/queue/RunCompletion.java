package dev.sluice.controller.queue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Turns the end of a run into the key's next run, one log line for a failure, and one call of the listener. */
record RunCompletion<K>(String name, WorkQueue<K> queue, BackOff<K> backOff, ControllerListener listener) {

    private static final Logger LOG = LoggerFactory.getLogger(Controller.class);

    /** @param result null from a reconciler that breaks its contract */
    void settle(K key, @Nullable Result result, Run.End end, Duration took) {
        RunOutcome outcome = switch (end) {
            case ABANDONED -> abandoned(key);
            case GAVE_WAY -> gaveWay(key);
            case TIMED_OUT -> timedOut(key, result, took);
            case OF_ITSELF -> next(key, result);
        };
        LOG.atTrace()
                .addKeyValue("outcome", outcome)
                .addKeyValue("durationMs", took.toMillis())
                .log("Reconciliation ended");
        listener.finished(outcome, took);
    }

    private RunOutcome abandoned(K key) {
        LOG.atInfo().addKeyValue("controller", name).addKeyValue("key", key).log("Reconciliation abandoned");
        queue.add(key);
        return RunOutcome.ABANDONED;
    }

    private RunOutcome gaveWay(K key) {
        LOG.atInfo()
                .addKeyValue("controller", name)
                .addKeyValue("key", key)
                .log("Reconciliation gives way to another namespace, runs again");
        queue.add(key);
        return RunOutcome.ABANDONED;
    }

    private RunOutcome timedOut(K key, @Nullable Result result, Duration took) {
        Throwable cause = result instanceof Result.Retry retry ? retry.cause() : null;
        log(key, "Reconciliation timed out after " + took.toMillis() + " ms", cause);
        return retry(key, RunOutcome.TIMEOUT);
    }

    // a chain of instanceof, because Java 17 has no patterns in switch
    private RunOutcome next(K key, @Nullable Result result) {
        if (result instanceof Result.Done) {
            backOff.reset(key);
            return RunOutcome.SUCCESS;
        } else if (result instanceof Result.RequeueAfter after) {
            backOff.reset(key);
            queue.schedule(key, after.delay());
            return RunOutcome.REQUEUE_AFTER;
        } else if (result instanceof Result.Terminal terminal) {
            backOff.reset(key);
            log(key, "Reconciliation failed for good", terminal.cause());
            return RunOutcome.TERMINAL_ERROR;
        } else if (result instanceof Result.Retry retry) {
            return retry.cause() == null ? retry(key, RunOutcome.REQUEUE) : failed(key, retry.cause());
        }
        return failed(key, new IllegalStateException("the reconciler returned null, it must return a Result"));
    }

    private RunOutcome failed(K key, Throwable cause) {
        boolean panic = cause instanceof RuntimeException || cause instanceof Error;
        log(key, panic ? "Reconciler panicked" : "Reconciler error", cause);
        return retry(key, panic ? RunOutcome.PANIC : RunOutcome.ERROR);
    }

    private RunOutcome retry(K key, RunOutcome outcome) {
        queue.schedule(key, backOff.next(key));
        listener.retried();
        return outcome;
    }

    private void log(K key, String message, @Nullable Throwable cause) {
        LoggingEventBuilder event =
                LOG.atError().addKeyValue("controller", name).addKeyValue("key", key);
        if (cause != null) {
            event = event.setCause(cause);
        }
        event.log(message);
    }
}
