package dev.sluice.server.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Limits the number of requests that wait for the volume, so that worker threads remain for other requests while the
 * volume hangs. Thread-safe.
 */
@Component
final class VolumeBulkhead {

    /** How long without the end of any request the volume counts as hanging. */
    private static final Duration STANDSTILL = Duration.ofSeconds(1);

    /** Less than the time after which clients give up. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(5);

    private final Semaphore permits;

    private volatile long lastEndNanos = System.nanoTime();

    /** Whether a request has timed out, and none has obtained a permit since. */
    private volatile boolean exhausted;

    /** Uses two fifths of the workers; sends of large files have a separate limit of another two fifths. */
    VolumeBulkhead(@Value("${server.tomcat.threads.max}") int workers) {
        permits = new Semaphore(Math.max(1, workers * 2 / 5), true);
    }

    /**
     * Acquires a permit, which {@link #leave} releases. Waits for up to five seconds while other requests end, as on a
     * busy machine, for up to a second while none ends, and not at all while the volume hangs.
     *
     * @return false if no permit is available
     */
    boolean enter() {
        boolean entered = permits.tryAcquire() || (!exhausted && isAcquiredInTime());
        if (exhausted == entered) {
            exhausted = !entered;
        }
        return entered;
    }

    private boolean isAcquiredInTime() {
        long startNanos = System.nanoTime();
        try {
            boolean acquired;
            do {
                acquired = permits.tryAcquire(STANDSTILL.toNanos(), TimeUnit.NANOSECONDS);
            } while (!acquired && isWithin(STANDSTILL, lastEndNanos) && isWithin(MAX_WAIT, startNanos));
            return acquired;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isWithin(Duration limit, long sinceNanos) {
        return System.nanoTime() - sinceNanos < limit.toNanos();
    }

    void leave() {
        lastEndNanos = System.nanoTime();
        permits.release();
    }
}
