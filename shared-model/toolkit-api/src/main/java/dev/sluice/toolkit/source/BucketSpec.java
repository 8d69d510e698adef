package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.RecordBuilder;
import dev.sluice.toolkit.meta.Required;
import java.time.Duration;
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

    /** Returns an empty builder; {@code build()} requires {@code bucketName}, {@code endpoint} and {@code interval}. */
    public static Builder builder() {
        return new Builder(null);
    }

    /** Returns a builder with the values of this record. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Builder with a setter for each field; see {@link RecordBuilder}. */
    public static final class Builder extends RecordBuilder<BucketSpec, Builder> {

        private Builder(@Nullable BucketSpec from) {
            super(BucketSpec.class, from);
        }

        public Builder bucketName(String bucketName) {
            return set("bucketName", bucketName);
        }

        public Builder endpoint(String endpoint) {
            return set("endpoint", endpoint);
        }

        public Builder interval(Duration interval) {
            return set("interval", FluxDuration.of(interval));
        }

        public Builder certSecretRef(LocalObjectReference certSecretRef) {
            return set("certSecretRef", certSecretRef);
        }

        public Builder ignore(String ignore) {
            return set("ignore", ignore);
        }

        public Builder insecure(boolean insecure) {
            return set("insecure", insecure);
        }

        public Builder prefix(String prefix) {
            return set("prefix", prefix);
        }

        public Builder provider(String provider) {
            return set("provider", provider);
        }

        public Builder proxySecretRef(LocalObjectReference proxySecretRef) {
            return set("proxySecretRef", proxySecretRef);
        }

        public Builder region(String region) {
            return set("region", region);
        }

        public Builder secretRef(LocalObjectReference secretRef) {
            return set("secretRef", secretRef);
        }

        public Builder serviceAccountName(String serviceAccountName) {
            return set("serviceAccountName", serviceAccountName);
        }

        public Builder sts(BucketSTSSpec sts) {
            return set("sts", sts);
        }

        public Builder suspend(boolean suspend) {
            return set("suspend", suspend);
        }

        public Builder timeout(Duration timeout) {
            return set("timeout", FluxDuration.of(timeout));
        }
    }
}
