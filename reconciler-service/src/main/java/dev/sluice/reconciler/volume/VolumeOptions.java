package dev.sluice.reconciler.volume;

import java.time.Duration;

/**
 * Intervals of the volume maintenance.
 *
 * @param verifyEvery interval at which every artifact is read and its digest compared
 * @param sweepEvery interval of the search for orphaned directories and stale temporary files
 * @param orphanGrace how long a directory must have been orphaned before it is removed
 * @param tick interval at which due tasks are started and repairs are checked
 */
public record VolumeOptions(Duration verifyEvery, Duration sweepEvery, Duration orphanGrace, Duration tick) {

    /** 6 hours, 30 minutes, 1 hour, 10 seconds. */
    public static final VolumeOptions DEFAULT =
            new VolumeOptions(Duration.ofHours(6), Duration.ofMinutes(30), Duration.ofHours(1), Duration.ofSeconds(10));

    /**
     * Validates the intervals.
     *
     * @throws IllegalArgumentException unless all are positive; {@code orphanGrace} may be zero
     */
    public VolumeOptions {
        requirePositive("verify-every", verifyEvery);
        requirePositive("sweep-every", sweepEvery);
        requirePositive("tick", tick);
        if (orphanGrace.isNegative()) {
            throw new IllegalArgumentException("orphan-grace must not be negative: " + orphanGrace);
        }
    }

    private static void requirePositive(String name, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(name + " must be positive: " + duration);
        }
    }
}
