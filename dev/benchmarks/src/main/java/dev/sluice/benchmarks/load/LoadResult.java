package dev.sluice.benchmarks.load;

import java.time.Duration;

/**
 * What some clients saw in some time.
 *
 * @param requests complete answers
 * @param missing those of them that were 404
 * @param errors broken or unexpected answers
 * @param bytes bytes of bodies
 * @param took wall clock
 * @param cpu CPU time of the server meanwhile
 */
record LoadResult(long requests, long missing, long errors, long bytes, Duration took, Duration cpu) {

    private static final double MEGA = 1_000_000.0;

    double requestsPerSecond() {
        return requests / seconds(took);
    }

    double megabytesPerSecond() {
        return bytes / MEGA / seconds(took);
    }

    double cpuMicrosPerRequest() {
        return seconds(cpu) * MEGA / Math.max(1, requests);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
