package dev.sluice.reconciler.budget;

import java.io.IOException;
import java.time.Duration;

/**
 * The process has no room for this now, though it fits: the run ends, gives back what it took, keeps its place in the
 * line and comes again. No failure: no event, no error in the log.
 */
public final class BudgetWaitException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    BudgetWaitException(String what, Limit limit, long bytes, Duration retryAfter) {
        super("%s waits for %d %s: other runs use what %s allows; it is tried again by itself"
                .formatted(what, bytes, limit.unit(), limit.flag()));
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
