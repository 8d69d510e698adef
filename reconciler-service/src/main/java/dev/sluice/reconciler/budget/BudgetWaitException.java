package dev.sluice.reconciler.budget;

import java.io.IOException;
import java.time.Duration;

/**
 * The process has no room for this now, though it fits: the run ends, gives back what it took, keeps its place in the
 * line and comes again. No failure: no event, no error in the log.
 */
public final class BudgetWaitException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Limit limit;
    private final Duration retryAfter;

    BudgetWaitException(String what, Limit limit, long bytes, Duration retryAfter) {
        super("%s waits for %s: other runs use what %s allows; it is tried again by itself"
                .formatted(what, bytes == 0 ? limit.unit() : bytes + " " + limit.unit(), limit.flag()));
        this.limit = limit;
        this.retryAfter = retryAfter;
    }

    /** The same however often it happens, for a status that is not to be written each time. */
    public String told() {
        return "Reconciliation waits for %s: other runs use what %s allows; it goes on by itself"
                .formatted(limit.unit(), limit.flag());
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
