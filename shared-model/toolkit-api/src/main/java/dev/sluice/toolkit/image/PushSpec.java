package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.Immutable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The destination of pushed commits. */
public record PushSpec(
        @Nullable String branch,
        Map<String, String> options,
        @Nullable String refspec) {

    public PushSpec {
        options = Immutable.map(options);
    }
}
