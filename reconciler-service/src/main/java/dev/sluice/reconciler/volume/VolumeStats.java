package dev.sluice.reconciler.volume;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the care for the volume has done since this process began to lead.
 *
 * @param verified artifacts found whole, counted in each pass
 * @param corrupted artifacts whose file had another digest than the cluster knows
 * @param missing artifacts whose file was not there
 * @param repaired artifacts that were corrupted or missing and are whole again
 * @param broken artifacts that are corrupted or missing now
 * @param orphansRemoved directories removed because no ExternalArtifact points at them
 * @param tempFilesRemoved temp files that a killed process had left
 * @param lastVerification when the last whole pass ended; null before the first
 */
public record VolumeStats(
        long verified,
        long corrupted,
        long missing,
        long repaired,
        int broken,
        long orphansRemoved,
        long tempFilesRemoved,
        @Nullable Instant lastVerification) {}
