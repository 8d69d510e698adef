package dev.sluice.toolkit.helm;

import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.RecordBuilder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to upgrade a release.
 *
 * <p>API: {@code helm.toolkit.fluxcd.io/v2}.
 *
 * @param chartNameChangeStrategy the strategy to use when a Helm chart name changes. Valid values are 'Reinstall' or
 *     'InPlaceUpdate'. Defaults to 'Reinstall' if omitted. Since Flux 2.9
 * @param cleanupOnFail allows deletion of new resources created during the Helm upgrade action when it fails
 * @param crds {@code Skip} (the default), {@code Create} or {@code CreateReplace}
 * @param disableHooks prevents hooks from running during the Helm upgrade action
 * @param disableOpenAPIValidation prevents the Helm upgrade action from validating rendered templates against the
 *     Kubernetes OpenAPI Schema
 * @param disableSchemaValidation prevents the Helm upgrade action from validating the values against the JSON Schema;
 *     since Flux 2.4
 * @param disableTakeOwnership disables taking ownership of existing resources during the Helm upgrade action. Defaults
 *     to false. Since Flux 2.5
 * @param disableWait disables the waiting for resources to be ready after a Helm upgrade has been performed
 * @param disableWaitForJobs disables waiting for jobs to complete after a Helm upgrade has been performed
 * @param force forces resource updates through a replacement strategy that avoids 3-way merge conflicts on client-side
 *     apply. This field is ignored for server-side apply (which always forces conflicts with other field managers)
 * @param preserveValues makes Helm reuse the last release's values and merge in overrides from 'Values'. Setting
 *     this flag makes the HelmRelease non-declarative
 * @param remediation the remediation configuration for when the Helm upgrade action for the HelmRelease fails. The
 *     default is to not perform any action
 * @param serverSideApply {@code enabled}, {@code disabled} or {@code auto} (the default): as the previous revision of
 *     the release; since Flux 2.8
 * @param strategy the upgrade strategy to use for this HelmRelease. Defaults to 'RemediateOnFailure', or
 *     'RetryOnFailure' when the DefaultToRetryOnFailure feature gate is enabled. Since Flux 2.7
 * @param timeout the time to wait for any individual Kubernetes operation (like Jobs for hooks) during the performance
 *     of a Helm upgrade action. Defaults to 'HelmReleaseSpec.Timeout'. A Go duration such as {@code 10m}
 */
public record Upgrade(
        @Nullable String chartNameChangeStrategy,
        @Nullable Boolean cleanupOnFail,
        @Nullable String crds,
        @Nullable Boolean disableHooks,
        @Nullable Boolean disableOpenAPIValidation,
        @Nullable Boolean disableSchemaValidation,
        @Nullable Boolean disableTakeOwnership,
        @Nullable Boolean disableWait,
        @Nullable Boolean disableWaitForJobs,
        @Nullable Boolean force,
        @Nullable Boolean preserveValues,
        @Nullable UpgradeRemediation remediation,
        @Nullable String serverSideApply,
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
    public static final class Builder extends RecordBuilder<Upgrade, Builder> {

        private Builder(@Nullable Upgrade from) {
            super(Upgrade.class, from);
        }

        public Builder chartNameChangeStrategy(String chartNameChangeStrategy) {
            return set("chartNameChangeStrategy", chartNameChangeStrategy);
        }

        public Builder cleanupOnFail(boolean cleanupOnFail) {
            return set("cleanupOnFail", cleanupOnFail);
        }

        public Builder crds(String crds) {
            return set("crds", crds);
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

        public Builder force(boolean force) {
            return set("force", force);
        }

        public Builder preserveValues(boolean preserveValues) {
            return set("preserveValues", preserveValues);
        }

        public Builder remediation(UpgradeRemediation remediation) {
            return set("remediation", remediation);
        }

        public Builder serverSideApply(String serverSideApply) {
            return set("serverSideApply", serverSideApply);
        }

        public Builder strategy(ActionStrategy strategy) {
            return set("strategy", strategy);
        }

        public Builder timeout(Duration timeout) {
            return set("timeout", FluxDuration.of(timeout));
        }
    }
}
