package dev.sluice.server.tomcat;

import java.time.Duration;

/**
 * The time for which one poller waited longer for the volume than it should. A quarter of a second within a second is too
 * much: then all pollers keep off it for ten, so that one that is always slow costs a fortieth of their time. Thread-safe.
 */
final class LostTime {

    /** What a look at a name, and the way to the first byte, may take. */
    private static final long STEP_NANOS = Duration.ofMillis(1).toNanos();

    /** What each byte may take besides: 200 MB a second. */
    private static final long BYTE_NANOS = 5;

    private static final long WINDOW_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long MOST_NANOS = Duration.ofMillis(250).toNanos();

    private final VolumePace pace;
    private long windowBegun;
    private long lost;

    LostTime(VolumePace pace) {
        this.pace = pace;
        this.windowBegun = pace.nanoTime();
    }

    /** Takes note of how long a look of the poller took, or to send so many bytes of a file. */
    synchronized void took(long nanos, long bytes) {
        if (nanos <= STEP_NANOS + BYTE_NANOS * bytes) {
            return;
        }
        long now = pace.nanoTime();
        if (now - windowBegun > WINDOW_NANOS) {
            windowBegun = now;
            lost = 0;
        }
        lost += nanos;
        if (lost > MOST_NANOS) {
            lost = 0;
            pace.rest();
        }
    }
}
