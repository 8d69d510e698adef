package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The desired state of a GitRepository. */
public record GitRepositorySpec(
        FluxDuration interval,
        String url,
        @Nullable String ignore,
        List<GitRepositoryInclude> include,
        @Nullable String provider,
        @Nullable LocalObjectReference proxySecretRef,
        @Nullable Boolean recurseSubmodules,
        @Nullable GitRepositoryRef ref,
        @Nullable LocalObjectReference secretRef,
        @Nullable String serviceAccountName,
        List<String> sparseCheckout,
        @Nullable Boolean suspend,
        @Nullable FluxDuration timeout,
        @Nullable GitRepositoryVerification verify) {

    public GitRepositorySpec {
        Required.field(interval, "GitRepositorySpec", "interval");
        Required.field(url, "GitRepositorySpec", "url");
        include = List.copyOf(include);
        sparseCheckout = List.copyOf(sparseCheckout);
    }
}
