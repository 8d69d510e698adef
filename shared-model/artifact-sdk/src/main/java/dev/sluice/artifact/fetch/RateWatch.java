package dev.sluice.artifact.fetch;

import java.time.Duration;

/** Measures the rate of a download in consecutive windows. Confined to one thread. */
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

    /** Whether a window has just ended in which the download was too slow. */
    boolean isTooSlow() {
        if (!untilWindowEnds().isZero()) {
            return false;
        }
        long bytes = download.count();
        boolean tooSlow = minimum.isTooSlow(bytes - bytesAtStart);
        bytesAtStart = bytes;
        windowStart = System.nanoTime();
        return tooSlow;
    }

    Duration untilWindowEnds() {
        if (minimum.bytesPerSecond() == 0) {
            return NEVER;
        }
        Duration left = minimum.window().minusNanos(System.nanoTime() - windowStart);
        return left.isNegative() || left.isZero() ? Duration.ZERO : left;
    }
}
