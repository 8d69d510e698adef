package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/**
 * Another GitRepository of the same namespace whose artifact is copied into this one.
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}.
 *
 * @param repository the GitRepository, in the same namespace
 * @param fromPath the directory of the included artifact that is copied; the whole artifact by default
 * @param toPath the directory to which it is copied; the name of the GitRepository by default
 */
public record GitRepositoryInclude(
        LocalObjectReference repository,
        @Nullable String fromPath,
        @Nullable String toPath) {

    public GitRepositoryInclude {
        Required.field(repository, "GitRepositoryInclude", "repository");
    }
}
