package dev.sluice.runtime.profile;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Collections of garbage that somebody asks for: at most one in ten seconds, since each of them stops all threads for as
 * long as the heap is large. Thread-safe.
 */
final class ForcedCollections {

    static final Duration PAUSE = Duration.ofSeconds(10);

    private final LongSupplier nanoTime;
    private @Nullable Long lastNanos;

    /** @param nanoTime a monotonic clock */
    ForcedCollections(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** What collects garbage. */
    interface Work<T> {
        T run() throws ProfileException;
    }

    /**
     * Runs the work unless other work has collected garbage within the last ten seconds.
     *
     * @throws ProfileException too early, with the seconds to wait
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
     * Refuses what could not collect garbage after this time.
     *
     * @throws ProfileException too early, with the seconds to wait
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
