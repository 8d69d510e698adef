package dev.sluice.controller.queue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Completes a run: schedules the key's next run, logs a failure once and calls the listener once. */
record RunCompletion<K>(String name, WorkQueue<K> queue, BackOff<K> backOff, ControllerListener listener) {

    private static final Logger LOG = LoggerFactory.getLogger(Controller.class);
    private static final int MAX_CAUSES = 5;

    /** @param result null if the reconciler violates its contract */
    void complete(K key, @Nullable Result result, Run.End end, Duration took) {
        RunOutcome outcome = switch (end) {
            case ABANDONED -> abandoned(key);
            case PREEMPTED -> preempted(key);
            case TIMED_OUT -> timedOut(key, result, took);
            case COMPLETED -> next(key, result);
        };
        LOG.atTrace()
                .addKeyValue("outcome", outcome)
                .addKeyValue("durationMs", took.toMillis())
                .log("reconciliation ended");
        listener.finished(outcome, took);
    }

    private RunOutcome abandoned(K key) {
        LOG.atInfo().addKeyValue("controller", name).addKeyValue("key", key).log("reconciliation abandoned");
        queue.add(key);
        return RunOutcome.ABANDONED;
    }

    private RunOutcome preempted(K key) {
        LOG.atInfo()
                .addKeyValue("controller", name)
                .addKeyValue("key", key)
                .log("reconciliation preempted by another namespace; requeued");
        queue.add(key);
        return RunOutcome.ABANDONED;
    }

    private RunOutcome timedOut(K key, @Nullable Result result, Duration took) {
        Throwable cause = result instanceof Result.Retry retry ? retry.cause() : null;
        log(key, "reconciliation timed out after " + took.toMillis() + " ms", cause);
        return retry(key, RunOutcome.TIMEOUT);
    }

    // instanceof, because Java 17 has no pattern matching for switch
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
            log(key, "reconciliation failed with a terminal error", terminal.cause());
            return RunOutcome.TERMINAL_ERROR;
        } else if (result instanceof Result.Retry retry) {
            return retry.cause() == null ? retry(key, RunOutcome.REQUEUE) : failed(key, retry.cause());
        }
        return failed(key, new IllegalStateException("the reconciler returned null instead of a Result"));
    }

    private RunOutcome failed(K key, Throwable cause) {
        boolean panic = isPanic(cause);
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
            // the stack says nothing about a failure that the reconciler expects
            event = isPanic(cause) || LOG.isDebugEnabled()
                    ? event.setCause(cause)
                    : event.addKeyValue("error", text(cause));
        }
        event.log(message);
    }

    private static boolean isPanic(Throwable cause) {
        return cause instanceof RuntimeException || cause instanceof Error;
    }

    /** Joins the messages of the exception and its causes, outermost first, as in Go; omits repetitions. */
    private static String text(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            String message = cause.getMessage();
            String said =
                    message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
            if (text.indexOf(said) < 0) {
                text.append(text.isEmpty() ? "" : ": ").append(said);
            }
            cause = cause.getCause();
        }
        return text.toString();
    }
}
