package dev.sluice.reconciler.volume;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of the volume maintenance since this process became leader.
 *
 * @param verified artifacts found intact, counted in each pass
 * @param corrupted artifacts whose file did not match the digest in the cluster
 * @param missing artifacts whose file did not exist
 * @param repaired artifacts that were corrupted or missing and are intact again
 * @param broken artifacts that are corrupted or missing now
 * @param orphansRemoved directories removed because no ExternalArtifact points at them
 * @param tempFilesRemoved temporary files left by a killed process and removed
 * @param lastVerification end of the last complete pass; null before the first
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
