package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.RecordBuilder;
import dev.sluice.toolkit.meta.Required;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The desired state of a GitRepository. */
public record GitRepositorySpec(
        FluxDuration interval,
        String url,
        @Nullable String ignore,
        List<GitRepositoryInclude> include,
        @Nullable String provider,
        @Nullable LocalObjectReference proxySecretRef,
        @Nullable Boolean recurseSubmodules,
        @Nullable GitRepositoryRef ref,
        @Nullable LocalObjectReference secretRef,
        @Nullable String serviceAccountName,
        List<String> sparseCheckout,
        @Nullable Boolean suspend,
        @Nullable FluxDuration timeout,
        @Nullable GitRepositoryVerification verify) {

    public GitRepositorySpec {
        Required.field(interval, "GitRepositorySpec", "interval");
        Required.field(url, "GitRepositorySpec", "url");
        include = List.copyOf(include);
        sparseCheckout = List.copyOf(sparseCheckout);
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
    public static final class Builder extends RecordBuilder<GitRepositorySpec, Builder> {

        private Builder(@Nullable GitRepositorySpec from) {
            super(GitRepositorySpec.class, from);
        }

        public Builder interval(Duration interval) {
            return set("interval", FluxDuration.of(interval));
        }

        public Builder url(String url) {
            return set("url", url);
        }

        public Builder ignore(String ignore) {
            return set("ignore", ignore);
        }

        public Builder include(List<GitRepositoryInclude> include) {
            return set("include", include);
        }

        public Builder provider(String provider) {
            return set("provider", provider);
        }

        public Builder proxySecretRef(LocalObjectReference proxySecretRef) {
            return set("proxySecretRef", proxySecretRef);
        }

        public Builder recurseSubmodules(boolean recurseSubmodules) {
            return set("recurseSubmodules", recurseSubmodules);
        }

        public Builder ref(GitRepositoryRef ref) {
            return set("ref", ref);
        }

        public Builder secretRef(LocalObjectReference secretRef) {
            return set("secretRef", secretRef);
        }

        public Builder serviceAccountName(String serviceAccountName) {
            return set("serviceAccountName", serviceAccountName);
        }

        public Builder sparseCheckout(List<String> sparseCheckout) {
            return set("sparseCheckout", sparseCheckout);
        }

        public Builder suspend(boolean suspend) {
            return set("suspend", suspend);
        }

        public Builder timeout(Duration timeout) {
            return set("timeout", FluxDuration.of(timeout));
        }

        public Builder verify(GitRepositoryVerification verify) {
            return set("verify", verify);
        }
    }
}
