package dev.sluice.toolkit.extensions;

import dev.sluice.toolkit.meta.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies the files that a path or glob selects from a source into the artifact.
 *
 * <p>API: {@code source.extensions.fluxcd.io/v1beta1}.
 *
 * @param from {@code @alias/<path or glob>}
 * @param to {@code @artifact/<path>}
 * @param exclude globs of files to exclude, at most 100
 * @param strategy {@code Overwrite} (the default), {@code Merge} or {@code Extract}
 * @param optional whether it is not an error if nothing is selected; since Flux 2.10
 */
public record CopyOperation(
        String from,
        String to,
        List<String> exclude,
        @Nullable String strategy,
        @Nullable Boolean optional) {

    public CopyOperation {
        Required.field(from, "CopyOperation", "from");
        Required.field(to, "CopyOperation", "to");
        exclude = List.copyOf(exclude);
    }
}
