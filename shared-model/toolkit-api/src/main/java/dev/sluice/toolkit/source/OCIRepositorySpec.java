package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/** The desired state of a OCIRepository. */
public record OCIRepositorySpec(
        FluxDuration interval,
        String url,
        @Nullable LocalObjectReference certSecretRef,
        @Nullable String ignore,
        @Nullable Boolean insecure,
        @Nullable OCILayerSelector layerSelector,
        @Nullable String provider,
        @Nullable LocalObjectReference proxySecretRef,
        @Nullable OCIRepositoryRef ref,
        @Nullable LocalObjectReference secretRef,
        @Nullable String serviceAccountName,
        @Nullable Boolean suspend,
        @Nullable FluxDuration timeout,
        @Nullable OCIRepositoryVerification verify) {

    public OCIRepositorySpec {
        Required.field(interval, "OCIRepositorySpec", "interval");
        Required.field(url, "OCIRepositorySpec", "url");
    }
}
