package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.Required;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the last listing of tags found. */
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
