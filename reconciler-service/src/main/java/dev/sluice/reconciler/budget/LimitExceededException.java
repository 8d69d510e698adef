package dev.sluice.reconciler.budget;

import java.io.IOException;

/**
 * A request exceeds a limit; a retry is pointless until the spec, the source or the flag changes. The message has the
 * object, the measured value, the limit, its flag, and the remedy.
 */
public final class LimitExceededException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Limit limit;

    /**
     * Creates the exception.
     *
     * @param what the object, such as {@code artifact 'app'} or {@code source 'repo'}
     * @param measured the value that exceeded the limit; a streamed value may be larger in the end
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
