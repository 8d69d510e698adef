package dev.sluice.benchmarks.load;

import java.time.Duration;

/**
 * The result of a run.
 *
 * @param requests number of complete responses
 * @param missing number of 404 responses, included in {@code requests}
 * @param errors number of incomplete or unexpected responses
 * @param bytes bytes of response bodies
 * @param took elapsed time
 * @param cpu CPU time of the server during the run
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
