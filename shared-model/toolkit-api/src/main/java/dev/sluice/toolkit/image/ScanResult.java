package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.Required;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of the last listing of tags.
 *
 * <p>API: {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param tagCount the number of tags found in the last scan
 * @param latestTags a small sample of the tags found in the last scan. It's the first 10 tags when sorting all the
 *     tags in descending alphabetical order
 * @param revision a stable hash of the scanned tags
 * @param scanTime the time when the last scan was performed
 */
public record ScanResult(
        Integer tagCount,
        List<String> latestTags,
        @Nullable String revision,
        @Nullable Instant scanTime) {

    public ScanResult {
        Required.field(tagCount, "ScanResult", "tagCount");
        latestTags = List.copyOf(latestTags);
    }
}
