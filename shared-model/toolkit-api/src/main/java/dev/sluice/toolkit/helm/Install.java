package dev.sluice.toolkit.helm;

import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.RecordBuilder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to install a release.
 *
 * <p>API: {@code helm.toolkit.fluxcd.io/v2}.
 *
 * @param crds {@code Skip}, {@code Create} (the default) or {@code CreateReplace}
 * @param createNamespace tells the Helm install action to create the HelmReleaseSpec.TargetNamespace if it does not
 *     exist yet. On uninstall, the namespace will not be garbage collected
 * @param disableHooks prevents hooks from running during the Helm install action
 * @param disableOpenAPIValidation prevents the Helm install action from validating rendered templates against the
 *     Kubernetes OpenAPI Schema
 * @param disableSchemaValidation prevents the Helm install action from validating the values against the JSON Schema;
 *     since Flux 2.4
 * @param disableTakeOwnership disables taking ownership of existing resources during the Helm install action. Defaults
 *     to false. Since Flux 2.5
 * @param disableWait disables the waiting for resources to be ready after a Helm install has been performed
 * @param disableWaitForJobs disables waiting for jobs to complete after a Helm install has been performed
 * @param remediation the remediation configuration for when the Helm install action for the HelmRelease fails. The
 *     default is to not perform any action
 * @param replace tells the Helm install action to re-use the 'ReleaseName', but only if that name is a deleted release
 *     which remains in the history
 * @param serverSideApply whether the installation uses server-side apply. Defaults to true, or to false with the
 *     feature gate UseHelm3Defaults. Since Flux 2.8
 * @param skipCRDs deprecated; use {@code crds}
 * @param strategy the install strategy to use for this HelmRelease. Defaults to 'RemediateOnFailure', or
 *     'RetryOnFailure' when the DefaultToRetryOnFailure feature gate is enabled. Since Flux 2.7
 * @param timeout the time to wait for any individual Kubernetes operation (like Jobs for hooks) during the performance
 *     of a Helm install action. Defaults to 'HelmReleaseSpec.Timeout'. A Go duration such as {@code 10m}
 */
public record Install(
        @Nullable String crds,
        @Nullable Boolean createNamespace,
        @Nullable Boolean disableHooks,
        @Nullable Boolean disableOpenAPIValidation,
        @Nullable Boolean disableSchemaValidation,
        @Nullable Boolean disableTakeOwnership,
        @Nullable Boolean disableWait,
        @Nullable Boolean disableWaitForJobs,
        @Nullable InstallRemediation remediation,
        @Nullable Boolean replace,
        @Nullable Boolean serverSideApply,
        @Nullable Boolean skipCRDs,
        @Nullable ActionStrategy strategy,
        @Nullable FluxDuration timeout) {

    /** Returns an empty builder. */
    public static Builder builder() {
        return new Builder(null);
    }

    /** Returns a builder with the values of this record. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Builder with a setter for each field; see {@link RecordBuilder}. */
    public static final class Builder extends RecordBuilder<Install, Builder> {

        private Builder(@Nullable Install from) {
            super(Install.class, from);
        }

        public Builder crds(String crds) {
            return set("crds", crds);
        }

        public Builder createNamespace(boolean createNamespace) {
            return set("createNamespace", createNamespace);
        }

        public Builder disableHooks(boolean disableHooks) {
            return set("disableHooks", disableHooks);
        }

        public Builder disableOpenAPIValidation(boolean disableOpenAPIValidation) {
            return set("disableOpenAPIValidation", disableOpenAPIValidation);
        }

        public Builder disableSchemaValidation(boolean disableSchemaValidation) {
            return set("disableSchemaValidation", disableSchemaValidation);
        }

        public Builder disableTakeOwnership(boolean disableTakeOwnership) {
            return set("disableTakeOwnership", disableTakeOwnership);
        }

        public Builder disableWait(boolean disableWait) {
            return set("disableWait", disableWait);
        }

        public Builder disableWaitForJobs(boolean disableWaitForJobs) {
            return set("disableWaitForJobs", disableWaitForJobs);
        }

        public Builder remediation(InstallRemediation remediation) {
            return set("remediation", remediation);
        }

        public Builder replace(boolean replace) {
            return set("replace", replace);
        }

        public Builder serverSideApply(boolean serverSideApply) {
            return set("serverSideApply", serverSideApply);
        }

        public Builder skipCRDs(boolean skipCRDs) {
            return set("skipCRDs", skipCRDs);
        }

        public Builder strategy(ActionStrategy strategy) {
            return set("strategy", strategy);
        }

        public Builder timeout(Duration timeout) {
            return set("timeout", FluxDuration.of(timeout));
        }
    }
}
