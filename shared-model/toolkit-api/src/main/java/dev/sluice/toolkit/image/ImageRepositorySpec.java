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
 * @param image without tag and digest
 * @param exclusionList regular expressions of tags to exclude
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
