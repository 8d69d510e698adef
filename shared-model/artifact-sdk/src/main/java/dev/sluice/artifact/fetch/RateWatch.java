package dev.sluice.artifact.fetch;

import java.time.Duration;

/** Measures a download in windows, from its request on. For one thread. */
final class RateWatch {

    private static final Duration NEVER = Duration.ofDays(1);

    private final MinimumRate minimum;
    private final DownloadTarget download;
    private long windowStart = System.nanoTime();
    private long bytesAtStart;

    RateWatch(MinimumRate minimum, DownloadTarget download) {
        this.minimum = minimum;
        this.download = download;
        this.bytesAtStart = download.count();
    }

    /** Whether the window that has ended, if one has, was too slow. */
    boolean isTooSlow() {
        if (!untilNextLook().isZero()) {
            return false;
        }
        long bytes = download.count();
        boolean tooSlow = minimum.isTooSlow(bytes - bytesAtStart);
        bytesAtStart = bytes;
        windowStart = System.nanoTime();
        return tooSlow;
    }

    Duration untilNextLook() {
        if (minimum.bytesPerSecond() == 0) {
            return NEVER;
        }
        Duration left = minimum.window().minusNanos(System.nanoTime() - windowStart);
        return left.isNegative() || left.isZero() ? Duration.ZERO : left;
    }
}
