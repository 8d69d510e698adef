package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.AccessFrom;
import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/** The desired state of a HelmRepository. */
public record HelmRepositorySpec(
        String url,
        @Nullable AccessFrom accessFrom,
        @Nullable LocalObjectReference certSecretRef,
        @Nullable Boolean insecure,
        @Nullable FluxDuration interval,
        @Nullable Boolean passCredentials,
        @Nullable String provider,
        @Nullable LocalObjectReference secretRef,
        @Nullable Boolean suspend,
        @Nullable FluxDuration timeout,
        @Nullable String type) {

    public HelmRepositorySpec {
        Required.field(url, "HelmRepositorySpec", "url");
    }
}
