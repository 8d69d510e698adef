package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.AccessFrom;
import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.RecordBuilder;
import dev.sluice.toolkit.meta.Required;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The desired state of a HelmRepository.
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}.
 *
 * @param url URL of the Helm repository, a valid URL contains at least a protocol and host
 * @param accessFrom an Access Control List for allowing cross-namespace references to this object
 * @param certSecretRef a Secret with {@code ca.crt}, the authorities of the server, or {@code tls.crt} and {@code
 *     tls.key}, a client certificate, or all of them
 * @param insecure allows connecting to a non-TLS HTTP container registry. This field is only taken into account if the
 *     .spec.type field is set to 'oci'
 * @param interval interval at which the HelmRepository URL is checked for updates. This interval is approximate and
 *     may be subject to jitter to ensure efficient use of resources. A Go duration such as {@code 10m}
 * @param passCredentials allows the credentials from the SecretRef to be passed on to a host that does not match the
 *     host as defined in URL. This may be required if the host of the advertised chart URLs in the index differ from
 *     the defined URL
 * @param provider provider used for authentication, can be 'aws', 'azure', 'gcp' or 'generic'. This field is optional,
 *     and only taken into account if the .spec.type field is set to 'oci'. When not specified, defaults to 'generic'
 * @param secretRef the Secret containing authentication credentials for the HelmRepository. For HTTP/S basic auth the
 *     secret must contain 'username' and 'password' fields
 * @param suspend tells the controller to suspend the reconciliation of this HelmRepository
 * @param timeout time limit, as a Go duration, of a fetch of the index of an HTTPS repository, and of operations of
 *     the associated HelmChart on an OCI repository; defaults to {@code 60s}
 * @param type type of the HelmRepository. When this field is set to "oci", the URL field value must be prefixed with
 *     "oci://"; one of {@code default}, {@code oci}
 */
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

    /** Returns an empty builder; {@code build()} requires {@code url}. */
    public static Builder builder() {
        return new Builder(null);
    }

    /** Returns a builder with the values of this record. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Builder with a setter for each field; see {@link RecordBuilder}. */
    public static final class Builder extends RecordBuilder<HelmRepositorySpec, Builder> {

        private Builder(@Nullable HelmRepositorySpec from) {
            super(HelmRepositorySpec.class, from);
        }

        public Builder url(String url) {
            return set("url", url);
        }

        public Builder accessFrom(AccessFrom accessFrom) {
            return set("accessFrom", accessFrom);
        }

        public Builder certSecretRef(LocalObjectReference certSecretRef) {
            return set("certSecretRef", certSecretRef);
        }

        public Builder insecure(boolean insecure) {
            return set("insecure", insecure);
        }

        public Builder interval(Duration interval) {
            return set("interval", FluxDuration.of(interval));
        }

        public Builder passCredentials(boolean passCredentials) {
            return set("passCredentials", passCredentials);
        }

        public Builder provider(String provider) {
            return set("provider", provider);
        }

        public Builder secretRef(LocalObjectReference secretRef) {
            return set("secretRef", secretRef);
        }

        public Builder suspend(boolean suspend) {
            return set("suspend", suspend);
        }

        public Builder timeout(Duration timeout) {
            return set("timeout", FluxDuration.of(timeout));
        }

        public Builder type(String type) {
            return set("type", type);
        }
    }
}
