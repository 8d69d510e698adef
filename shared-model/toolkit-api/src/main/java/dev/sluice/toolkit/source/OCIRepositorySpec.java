package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.RecordBuilder;
import dev.sluice.toolkit.meta.Required;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The desired state of an OCIRepository. */
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
