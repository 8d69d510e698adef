package dev.sluice.controller.source;

import dev.sluice.artifact.config.Flags;
import dev.sluice.artifact.fetch.AllowedUrls;
import dev.sluice.artifact.fetch.FetchLimits;
import dev.sluice.artifact.fetch.MinimumRate;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.custom.QuantityFormatException;
import java.util.Set;

/** The limits of downloads, with the flags of Sluice's reconciler: users who create objects choose the URLs. */
final class DownloadFlags {

    private static final String MAX_BYTES = "source-max-download-bytes";
    private static final String MIN_RATE = "source-min-rate";
    private static final String URL_PREFIXES = "source-url-prefixes";

    static final Set<String> ALL = Set.of(MAX_BYTES, MIN_RATE, URL_PREFIXES);

    private DownloadFlags() {}

    /** @throws IllegalArgumentException names the flag */
    static FetchLimits limits(Flags flags) {
        long maxBytes = bytes(flags, MAX_BYTES, "256Mi");
        if (maxBytes == 0) {
            throw new IllegalArgumentException("invalid value '0' for --" + MAX_BYTES + ": must be at least 1");
        }
        return FetchLimits.none()
                .withMaxBytes(maxBytes)
                .withMinimumRate(MinimumRate.of(bytes(flags, MIN_RATE, "16Ki")))
                .withAllowedUrls(urls(flags.value(URL_PREFIXES).orElse("")));
    }

    private static long bytes(Flags flags, String name, String defaultValue) {
        String text = flags.value(name).orElse(defaultValue);
        try {
            long bytes = Quantity.fromString(text).getNumber().longValueExact();
            if (bytes >= 0) {
                return bytes;
            }
        } catch (QuantityFormatException | ArithmeticException | NumberFormatException e) {
            // has the same message
        }
        throw new IllegalArgumentException("invalid value '" + text + "' for --" + name
                + ": must be an amount of bytes such as 1Gi, 512Mi, 500M or 1048576");
    }

    private static AllowedUrls urls(String prefixes) {
        try {
            return AllowedUrls.parse(prefixes);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--" + URL_PREFIXES + ": " + e.getMessage(), e);
        }
    }
}
