package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/** The desired state of a Bucket. */
public record BucketSpec(
        String bucketName,
        String endpoint,
        FluxDuration interval,
        @Nullable LocalObjectReference certSecretRef,
        @Nullable String ignore,
        @Nullable Boolean insecure,
        @Nullable String prefix,
        @Nullable String provider,
        @Nullable LocalObjectReference proxySecretRef,
        @Nullable String region,
        @Nullable LocalObjectReference secretRef,
        @Nullable String serviceAccountName,
        @Nullable BucketSTSSpec sts,
        @Nullable Boolean suspend,
        @Nullable FluxDuration timeout) {

    public BucketSpec {
        Required.field(bucketName, "BucketSpec", "bucketName");
        Required.field(endpoint, "BucketSpec", "endpoint");
        Required.field(interval, "BucketSpec", "interval");
    }
}
