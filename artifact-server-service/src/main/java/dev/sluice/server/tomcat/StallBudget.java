package dev.sluice.server.tomcat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * How long pollers may wait for the volume. Files in the page cache and on local disks are fast; a network file system may
 * be slow or hang. Once a poller has lost a quarter of a second within a second, or is blocked, the budget is spent for ten
 * seconds: a volume that is always slow costs a poller a fortieth of its time. Thread-safe.
 */
final class StallBudget {

    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final long WINDOW_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long MAX_STALL_NANOS = Duration.ofMillis(250).toNanos();

    /** What one access, until its first byte, may take without being a stall. */
    private static final long ACCESS_NANOS = Duration.ofMillis(1).toNanos();

    /** What each byte may take in addition: 200 MB a second. */
    private static final long BYTE_NANOS = 5;

    private final LongSupplier nanoTime;
    private final AtomicInteger blockedPollers = new AtomicInteger();
    private volatile long spentUntil;

    StallBudget() {
        this(System::nanoTime);
    }

    StallBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.spentUntil = nanoTime.getAsLong();
    }

    /** Whether pollers must leave the volume to worker threads. */
    boolean isSpent() {
        return blockedPollers.get() > 0 || nanoTime.getAsLong() - spentUntil < 0;
    }

    void spend() {
        spentUntil = nanoTime.getAsLong() + PAUSE.toNanos();
    }

    /** A poller is blocked, for an unknown time. */
    void beginBlocked() {
        blockedPollers.incrementAndGet();
    }

    void endBlocked() {
        spend();
        blockedPollers.decrementAndGet();
    }

    int blockedPollers() {
        return blockedPollers.get();
    }

    /** The share of one poller. */
    final class Share {

        private long windowBegun = nanoTime.getAsLong();
        private long stalled;

        /** Records an access to the volume that took so long and transferred so many bytes. */
        void record(long nanos, long bytes) {
            if (nanos > ACCESS_NANOS + BYTE_NANOS * bytes) {
                recordStall(nanos);
            }
        }

        private synchronized void recordStall(long nanos) {
            long now = nanoTime.getAsLong();
            if (now - windowBegun > WINDOW_NANOS) {
                windowBegun = now;
                stalled = 0;
            }
            stalled += nanos;
            if (stalled > MAX_STALL_NANOS) {
                stalled = 0;
                spend();
            }
        }
    }
}
