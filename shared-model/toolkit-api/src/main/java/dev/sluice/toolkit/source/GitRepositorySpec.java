package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.RecordBuilder;
import dev.sluice.toolkit.meta.Required;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The desired state of a GitRepository.
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}.
 *
 * @param interval interval at which the GitRepository URL is checked for updates. This interval is approximate and may
 *     be subject to jitter to ensure efficient use of resources. A Go duration such as {@code 10m}
 * @param url the Git repository URL, it can be an HTTP/S or SSH address
 * @param ignore overrides the set of excluded patterns in the .sourceignore format (which is the same as .gitignore).
 *     If not provided, a default will be used, consult the documentation for your version to find out what those are
 * @param include a list of GitRepository resources whose Artifacts should be included in the Artifact produced for
 *     this GitRepository
 * @param provider provider used for authentication, can be 'aws', 'azure', 'github', 'generic'. When not specified,
 *     defaults to 'generic'. Since Flux 2.4
 * @param proxySecretRef the Secret containing the proxy configuration to use while communicating with the Git server;
 *     since Flux 2.1
 * @param recurseSubmodules enables the initialization of all submodules within the GitRepository as cloned from the
 *     URL, using their default settings
 * @param ref the Git reference to resolve and monitor for changes, defaults to the 'master' branch
 * @param secretRef the Secret containing authentication credentials for the GitRepository. For HTTPS repositories the
 *     Secret must contain 'username' and 'password' fields for basic auth or 'bearerToken' field for token auth
 * @param serviceAccountName the name of the Kubernetes ServiceAccount used to authenticate to the GitRepository. This
 *     field is only supported for 'azure' and 'aws' providers. Since Flux 2.7
 * @param sparseCheckout a list of directories to checkout when cloning the repository. If specified, only these
 *     directories are included in the Artifact produced for this GitRepository. Since Flux 2.6
 * @param suspend tells the controller to suspend the reconciliation of this GitRepository
 * @param timeout time limit of Git operations such as cloning, as a Go duration; defaults to {@code 60s}
 * @param verify the configuration to verify the Git commit signature(s)
 */
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
