package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.RecordBuilder;
import dev.sluice.toolkit.meta.Required;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The desired state of an OCIRepository.
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}.
 *
 * @param interval interval at which the OCIRepository URL is checked for updates. This interval is approximate and may
 *     be subject to jitter to ensure efficient use of resources. A Go duration such as {@code 10m}
 * @param url a reference to an OCI artifact repository hosted on a remote container registry
 * @param certSecretRef a Secret with {@code ca.crt}, the authorities of the server, or {@code tls.crt} and {@code
 *     tls.key}, a client certificate, or all of them
 * @param ignore overrides the set of excluded patterns in the .sourceignore format (which is the same as .gitignore).
 *     If not provided, a default will be used, consult the documentation for your version to find out what those are
 * @param insecure allows connecting to a non-TLS HTTP container registry
 * @param layerSelector which layer should be extracted from the OCI artifact. When not specified, the first layer
 *     found in the artifact is selected
 * @param provider the provider used for authentication, can be 'aws', 'azure', 'gcp' or 'generic'. When not specified,
 *     defaults to 'generic'
 * @param proxySecretRef the Secret containing the proxy configuration to use while communicating with the container
 *     registry
 * @param ref the OCI reference to pull and monitor for changes, defaults to the latest tag
 * @param secretRef the secret name containing the registry login credentials to resolve image metadata. The secret
 *     must be of type kubernetes.io/dockerconfigjson
 * @param serviceAccountName the name of the Kubernetes ServiceAccount used to authenticate the image pull, either with
 *     the pull secrets attached to the service account or with an object identity
 * @param suspend tells the controller to suspend the reconciliation of this source
 * @param timeout time limit of remote operations such as pulling, as a Go duration; defaults to {@code 60s}
 * @param verify the secret name containing the trusted public keys used to verify the signature and specifies which
 *     provider to use to check whether OCI image is authentic
 */
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

    /** Returns an empty builder; {@code build()} requires {@code interval} and {@code url}. */
    public static Builder builder() {
        return new Builder(null);
    }

    /** Returns a builder with the values of this record. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Builder with a setter for each field; see {@link RecordBuilder}. */
    public static final class Builder extends RecordBuilder<OCIRepositorySpec, Builder> {

        private Builder(@Nullable OCIRepositorySpec from) {
            super(OCIRepositorySpec.class, from);
        }

        public Builder interval(Duration interval) {
            return set("interval", FluxDuration.of(interval));
        }

        public Builder url(String url) {
            return set("url", url);
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

        public Builder layerSelector(OCILayerSelector layerSelector) {
            return set("layerSelector", layerSelector);
        }

        public Builder provider(String provider) {
            return set("provider", provider);
        }

        public Builder proxySecretRef(LocalObjectReference proxySecretRef) {
            return set("proxySecretRef", proxySecretRef);
        }

        public Builder ref(OCIRepositoryRef ref) {
            return set("ref", ref);
        }

        public Builder secretRef(LocalObjectReference secretRef) {
            return set("secretRef", secretRef);
        }

        public Builder serviceAccountName(String serviceAccountName) {
            return set("serviceAccountName", serviceAccountName);
        }

        public Builder suspend(boolean suspend) {
            return set("suspend", suspend);
        }

        public Builder timeout(Duration timeout) {
            return set("timeout", FluxDuration.of(timeout));
        }

        public Builder verify(OCIRepositoryVerification verify) {
            return set("verify", verify);
        }
    }
}
