package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/** A Security Token Service that provides the credentials for a bucket. */
public record BucketSTSSpec(
        String endpoint,
        String provider,
        @Nullable LocalObjectReference certSecretRef,
        @Nullable LocalObjectReference secretRef) {

    public BucketSTSSpec {
        Required.field(endpoint, "BucketSTSSpec", "endpoint");
        Required.field(provider, "BucketSTSSpec", "provider");
    }
}
