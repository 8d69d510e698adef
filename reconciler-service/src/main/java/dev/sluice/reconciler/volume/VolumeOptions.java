package dev.sluice.reconciler.volume;

import java.time.Duration;

/**
 * When the volume is looked after.
 *
 * @param verifyEvery how often every artifact is read again and its digest compared
 * @param sweepEvery how often directories without an ExternalArtifact are looked for, and temp files cleaned up
 * @param orphanGrace how long a directory must have been without one before it is removed
 * @param tick how often it is looked whether one of these is due, and whether what was broken is repaired
 */
public record VolumeOptions(Duration verifyEvery, Duration sweepEvery, Duration orphanGrace, Duration tick) {

    /** Every 6 hours, every half hour, after an hour, every 10 seconds. */
    public static final VolumeOptions DEFAULT =
            new VolumeOptions(Duration.ofHours(6), Duration.ofMinutes(30), Duration.ofHours(1), Duration.ofSeconds(10));

    /**
     * Checks the times.
     *
     * @throws IllegalArgumentException unless all are positive; the grace may be zero
     */
    public VolumeOptions {
        requirePositive("verify-every", verifyEvery);
        requirePositive("sweep-every", sweepEvery);
        requirePositive("tick", tick);
        if (orphanGrace.isNegative()) {
            throw new IllegalArgumentException("orphan-grace must not be negative, not " + orphanGrace);
        }
    }

    private static void requirePositive(String name, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(name + " must be positive, not " + duration);
        }
    }
}
