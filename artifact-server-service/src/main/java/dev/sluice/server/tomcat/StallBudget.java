package dev.sluice.server.tomcat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Limits the time that pollers wait for the volume. Files in the page cache and on local disks are fast; a network file
 * system can be slow or hang. If a poller stalls for 250 ms within one second, or is blocked, the budget is exhausted for
 * ten seconds, so a permanently slow volume costs a poller a fortieth of its time. Thread-safe.
 */
final class StallBudget {

    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final long WINDOW_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long MAX_STALL_NANOS = Duration.ofMillis(250).toNanos();

    /** Time until the first byte of an access beyond which the access counts as a stall. */
    private static final long ACCESS_NANOS = Duration.ofMillis(1).toNanos();

    /** Additional time for each byte: 200 MB/s. */
    private static final long BYTE_NANOS = 5;

    private final LongSupplier nanoTime;
    private final AtomicInteger blockedPollers = new AtomicInteger();
    private volatile long exhaustedUntil;

    StallBudget() {
        this(System::nanoTime);
    }

    StallBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.exhaustedUntil = nanoTime.getAsLong();
    }

    /** Whether pollers must hand accesses to the volume to worker threads. */
    boolean isExhausted() {
        return blockedPollers.get() > 0 || nanoTime.getAsLong() - exhaustedUntil < 0;
    }

    void exhaust() {
        exhaustedUntil = nanoTime.getAsLong() + PAUSE.toNanos();
    }

    /** Records that a poller is blocked, for an unknown time. */
    void beginBlocked() {
        blockedPollers.incrementAndGet();
    }

    void endBlocked() {
        exhaust();
        blockedPollers.decrementAndGet();
    }

    int blockedPollers() {
        return blockedPollers.get();
    }

    /** The share of one poller. */
    final class Share {

        private long windowStart = nanoTime.getAsLong();
        private long stalled;

        /** Records an access to the volume with its duration and the number of bytes transferred. */
        void record(long nanos, long bytes) {
            if (nanos > ACCESS_NANOS + BYTE_NANOS * bytes) {
                recordStall(nanos);
            }
        }

        private synchronized void recordStall(long nanos) {
            long now = nanoTime.getAsLong();
            if (now - windowStart > WINDOW_NANOS) {
                windowStart = now;
                stalled = 0;
            }
            stalled += nanos;
            if (stalled > MAX_STALL_NANOS) {
                stalled = 0;
                exhaust();
            }
        }
    }
}
