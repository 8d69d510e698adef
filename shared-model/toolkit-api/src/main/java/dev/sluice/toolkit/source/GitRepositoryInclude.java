package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/** Another GitRepository of the same namespace whose artifact is copied into this one. */
public record GitRepositoryInclude(
        LocalObjectReference repository,
        @Nullable String fromPath,
        @Nullable String toPath) {

    public GitRepositoryInclude {
        Required.field(repository, "GitRepositoryInclude", "repository");
    }
}
