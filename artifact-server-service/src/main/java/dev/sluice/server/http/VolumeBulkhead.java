package dev.sluice.server.http;

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

    private static final int MAX_WAIT_SECONDS = 1;

    private final Semaphore permits;

    /** Whether a request has timed out, and none has obtained a permit since. */
    private volatile boolean exhausted;

    /** Uses two fifths of the workers; sends of large files have a separate limit of another two fifths. */
    VolumeBulkhead(@Value("${server.tomcat.threads.max}") int workers) {
        permits = new Semaphore(Math.max(1, workers * 2 / 5), true);
    }

    /**
     * Acquires a permit, which {@link #leave} releases. Waits for up to a second, but not while the volume hangs.
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
        try {
            return permits.tryAcquire(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void leave() {
        permits.release();
    }
}
