package dev.sluice.server.tomcat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Whether pollers may wait for the volume: files in the page cache and on local disks are quick, a network file system may
 * not be, and may even hang. Thread-safe.
 */
final class VolumePace {

    /** How long pollers keep off a volume that made them lose time. */
    private static final Duration REST = Duration.ofSeconds(10);

    private final LongSupplier nanoTime;
    private final AtomicInteger heldUp = new AtomicInteger();
    private volatile long restUntil;

    VolumePace() {
        this(System::nanoTime);
    }

    VolumePace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.restUntil = nanoTime.getAsLong();
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    /** Whether a poller may wait for the volume. */
    boolean isQuick() {
        return heldUp.get() == 0 && nanoTime.getAsLong() - restUntil >= 0;
    }

    /** From now on it is not quick for ten seconds. */
    void rest() {
        restUntil = nanoTime.getAsLong() + REST.toNanos();
    }

    /** A thread waits for the volume, and nobody knows for how long; returns how many do. It is not quick until all have ended. */
    int beginHeldUp() {
        return heldUp.incrementAndGet();
    }

    void endHeldUp() {
        heldUp.decrementAndGet();
    }
}
