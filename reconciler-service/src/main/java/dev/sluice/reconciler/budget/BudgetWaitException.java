package dev.sluice.reconciler.budget;

import java.io.IOException;
import java.time.Duration;

/**
 * The process has no budget left for a request that fits its limits. The run ends, returns its shares, keeps its place
 * in the waiting line and is requeued. This is not a failure: no event, no error log.
 */
public final class BudgetWaitException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Limit limit;
    private final Duration retryAfter;

    BudgetWaitException(String what, Limit limit, long bytes, Duration retryAfter) {
        super("%s waits for %s: other runs use all that %s allows; retrying automatically"
                .formatted(what, bytes == 0 ? limit.unit() : bytes + " " + limit.unit(), limit.flag()));
        this.limit = limit;
        this.retryAfter = retryAfter;
    }

    /** The condition message. Independent of the object and size, so that repeated waits do not change the status. */
    public String conditionMessage() {
        return "Reconciliation waits for %s: other runs use all that %s allows; it resumes automatically"
                .formatted(limit.unit(), limit.flag());
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
