package dev.sluice.reconciler.budget;

import java.io.IOException;

/**
 * Something needs more than it may ever get: trying again is pointless until the spec, the source or the flag changes.
 * The message names what failed, the measured value, the limit, its flag, and what to do.
 */
public final class LimitExceededException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Limit limit;

    /**
     * A refusal.
     *
     * @param what failed, such as {@code artifact 'app'} or {@code source 'repo'}
     * @param measured the value that passed the limit; what is counted while it comes may grow still
     */
    public LimitExceededException(String what, Limit limit, long measured, long allowed) {
        super("%s exceeds a limit: %d %s, but %s allows %d; %s or raise %s"
                .formatted(what, measured, limit.unit(), limit.flag(), allowed, limit.remedy(), limit.flag()));
        this.limit = limit;
    }

    public Limit limit() {
        return limit;
    }
}
