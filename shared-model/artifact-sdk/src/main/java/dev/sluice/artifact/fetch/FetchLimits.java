package dev.sluice.artifact.fetch;

import java.util.OptionalLong;

/**
 * Limits for downloads.
 *
 * @param maxBytes limit for the size, counted while reading; empty for no limit
 * @param minimumRate a slower download is ended
 * @param allowedUrls URLs that may be requested, including redirect targets
 */
public record FetchLimits(OptionalLong maxBytes, MinimumRate minimumRate, AllowedUrls allowedUrls) {

    /** No limit for size or rate; all URLs allowed. */
    public static FetchLimits none() {
        return new FetchLimits(OptionalLong.empty(), MinimumRate.none(), AllowedUrls.any());
    }

    /** Returns a copy with a limit for the size. */
    public FetchLimits withMaxBytes(long newMaxBytes) {
        return new FetchLimits(OptionalLong.of(newMaxBytes), minimumRate, allowedUrls);
    }

    /** Returns a copy with another minimum rate. */
    public FetchLimits withMinimumRate(MinimumRate newMinimumRate) {
        return new FetchLimits(maxBytes, newMinimumRate, allowedUrls);
    }

    /** Returns a copy with other allowed URLs. */
    public FetchLimits withAllowedUrls(AllowedUrls newAllowedUrls) {
        return new FetchLimits(maxBytes, minimumRate, newAllowedUrls);
    }
}
