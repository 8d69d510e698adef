package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.AccessFrom;
import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.RecordBuilder;
import dev.sluice.toolkit.meta.Required;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The desired state of an ImageRepository.
 *
 * <p>API: {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param image without tag and digest
 * @param interval the length of time to wait between scans of the image repository, as a Go duration such as {@code
 *     10m}
 * @param accessFrom an ACL for allowing cross-namespace references to the ImageRepository object based on the caller's
 *     namespace labels
 * @param certSecretRef a Secret with {@code ca.crt}, the authorities of the server, or {@code tls.crt} and {@code
 *     tls.key}, a client certificate, or all of them. The entries {@code caFile}, {@code certFile} and {@code keyFile}
 *     are deprecated
 * @param exclusionList at most 25 regular expressions of tags to exclude; defaults to {@code ^.*\.sig$}
 * @param insecure allows connecting to a non-TLS HTTP container registry
 * @param provider the provider used for authentication, can be 'aws', 'azure', 'gcp' or 'generic'. When not specified,
 *     defaults to 'generic'
 * @param proxySecretRef the Secret containing the proxy configuration to use while communicating with the container
 *     registry
 * @param secretRef the name of a Secret containing credentials to use for the image registry.
 *     The secret should be created with {@code kubectl create secret docker-registry}, or the equivalent
 * @param serviceAccountName the name of the Kubernetes ServiceAccount used to authenticate the image pull if the
 *     service account has attached pull secrets
 * @param suspend tells the controller to suspend subsequent image scans. It does not apply to already started scans.
 *     Defaults to false
 * @param timeout timeout for image scanning. Defaults to 'Interval' duration
 */
public record ImageRepositorySpec(
        String image,
        FluxDuration interval,
        @Nullable AccessFrom accessFrom,
        @Nullable LocalObjectReference certSecretRef,
        List<String> exclusionList,
        @Nullable Boolean insecure,
        @Nullable String provider,
        @Nullable LocalObjectReference proxySecretRef,
        @Nullable LocalObjectReference secretRef,
        @Nullable String serviceAccountName,
        @Nullable Boolean suspend,
        @Nullable FluxDuration timeout) {

    public ImageRepositorySpec {
        Required.field(image, "ImageRepositorySpec", "image");
        Required.field(interval, "ImageRepositorySpec", "interval");
        exclusionList = List.copyOf(exclusionList);
    }

    /** Returns an empty builder; {@code build()} requires {@code image} and {@code interval}. */
    public static Builder builder() {
        return new Builder(null);
    }

    /** Returns a builder with the values of this record. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Builder with a setter for each field; see {@link RecordBuilder}. */
    public static final class Builder extends RecordBuilder<ImageRepositorySpec, Builder> {

        private Builder(@Nullable ImageRepositorySpec from) {
            super(ImageRepositorySpec.class, from);
        }

        public Builder image(String image) {
            return set("image", image);
        }

        public Builder interval(Duration interval) {
            return set("interval", FluxDuration.of(interval));
        }

        public Builder accessFrom(AccessFrom accessFrom) {
            return set("accessFrom", accessFrom);
        }

        public Builder certSecretRef(LocalObjectReference certSecretRef) {
            return set("certSecretRef", certSecretRef);
        }

        public Builder exclusionList(List<String> exclusionList) {
            return set("exclusionList", exclusionList);
        }

        public Builder insecure(boolean insecure) {
            return set("insecure", insecure);
        }

        public Builder provider(String provider) {
            return set("provider", provider);
        }

        public Builder proxySecretRef(LocalObjectReference proxySecretRef) {
            return set("proxySecretRef", proxySecretRef);
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
    }
}
