package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.Required;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of the last listing of tags. */
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
