package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.RecordBuilder;
import dev.sluice.toolkit.meta.Required;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The desired state of a Bucket.
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}.
 *
 * @param bucketName the name of the bucket in the object storage at the endpoint
 * @param endpoint the object storage address the BucketName is located at
 * @param interval interval at which the Bucket Endpoint is checked for updates. This interval is approximate and may
 *     be subject to jitter to ensure efficient use of resources. A Go duration such as {@code 10m}
 * @param certSecretRef a Secret with {@code ca.crt}, the authorities of the server, or {@code tls.crt} and {@code
 *     tls.key}, a client certificate, or all of them
 * @param ignore overrides the set of excluded patterns in the .sourceignore format (which is the same as .gitignore).
 *     If not provided, a default will be used, consult the documentation for your version to find out what those are
 * @param insecure allows connecting to a non-TLS HTTP Endpoint
 * @param prefix prefix to use for server-side filtering of files in the Bucket
 * @param provider provider of the object storage bucket. Defaults to 'generic', which expects an S3 (API) compatible
 *     object storage; one of {@code generic}, {@code aws}, {@code gcp}, {@code azure}
 * @param proxySecretRef the Secret containing the proxy configuration to use while communicating with the Bucket
 *     server
 * @param region region of the Endpoint where the BucketName is located in
 * @param secretRef the Secret containing authentication credentials for the Bucket
 * @param serviceAccountName the name of the Kubernetes ServiceAccount used to authenticate the bucket. This field is
 *     only supported for the 'gcp' and 'aws' providers. Since Flux 2.7
 * @param sts the required configuration to use a Security Token Service for fetching temporary credentials to
 *     authenticate in a Bucket provider. This field is only supported for the {@code aws} and {@code generic}
 *     providers
 * @param suspend tells the controller to suspend the reconciliation of this Bucket
 * @param timeout time limit of fetch operations, as a Go duration; defaults to {@code 60s}
 */
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
