package dev.sluice.server.http;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Limits how many requests wait for the volume, so that a volume that hangs leaves worker threads for requests that do
 * not need it. Thread-safe.
 */
@Component
final class VolumeBulkhead {

    private static final int PATIENCE_SECONDS = 1;

    private final Semaphore places;

    /** A request has waited in vain, and no other one has found a place since. */
    private volatile boolean exhausted;

    /** Sends of large files, which have a limit of their own, take another two fifths of the workers. */
    VolumeBulkhead(@Value("${server.tomcat.threads.max:200}") int workers) {
        places = new Semaphore(Math.max(1, workers * 2 / 5), true);
    }

    /**
     * Takes a place, which {@link #leave} returns. Waits for up to a second, but not while the volume hangs.
     *
     * @return false if there is none
     */
    boolean enter() {
        boolean entered = places.tryAcquire() || (!exhausted && isAcquiredInTime());
        if (exhausted == entered) {
            exhausted = !entered;
        }
        return entered;
    }

    private boolean isAcquiredInTime() {
        try {
            return places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void leave() {
        places.release();
    }
}
