package dev.sluice.runtime.profile;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits requested garbage collections to one in ten seconds, because each stops all threads for a time that depends on
 * the size of the heap. Thread-safe.
 */
final class ForcedCollections {

    static final Duration PAUSE = Duration.ofSeconds(10);

    private final LongSupplier nanoTime;
    private @Nullable Long lastNanos;

    /** @param nanoTime a monotonic clock */
    ForcedCollections(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** An operation that collects garbage. */
    interface Work<T> {
        T run() throws ProfileException;
    }

    /**
     * Runs the work unless garbage was collected within the last ten seconds.
     *
     * @throws ProfileException if it is too early, with the seconds to wait
     */
    synchronized <T> T force(Work<T> work) throws ProfileException {
        checkIn(Duration.ZERO);
        try {
            return work.run();
        } finally {
            lastNanos = nanoTime.getAsLong();
        }
    }

    /**
     * Fails if garbage could not be collected after this time.
     *
     * @throws ProfileException if it would be too early, with the seconds to wait
     */
    synchronized void checkIn(Duration time) throws ProfileException {
        if (lastNanos == null) {
            return;
        }
        long leftNanos = PAUSE.toNanos() - (nanoTime.getAsLong() - lastNanos) - time.toNanos();
        if (leftNanos > 0) {
            throw ProfileException.tooEarly(Duration.ofNanos(leftNanos).toSeconds() + 1);
        }
    }
}
