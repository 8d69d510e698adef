package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.AccessFrom;
import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.RecordBuilder;
import dev.sluice.toolkit.meta.Required;
import java.time.Duration;
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
