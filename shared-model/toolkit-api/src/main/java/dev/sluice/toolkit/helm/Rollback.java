package dev.sluice.toolkit.helm;

import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.RecordBuilder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to roll back a failed upgrade.
 *
 * <p>API: {@code helm.toolkit.fluxcd.io/v2}.
 *
 * @param cleanupOnFail allows deletion of new resources created during the Helm rollback action when it fails
 * @param disableHooks prevents hooks from running during the Helm rollback action
 * @param disableWait disables the waiting for resources to be ready after a Helm rollback has been performed
 * @param disableWaitForJobs disables waiting for jobs to complete after a Helm rollback has been performed
 * @param force forces resource updates through a replacement strategy that avoids 3-way merge conflicts on client-side
 *     apply. This field is ignored for server-side apply (which always forces conflicts with other field managers)
 * @param recreate deprecated, without effect since Helm 4: restarts Pods of managed workloads
 * @param serverSideApply enables server-side apply for resources during rollback. Can be "enabled", "disabled", or
 *     "auto". Defaults to "auto". Since Flux 2.8
 * @param timeout the time to wait for any individual Kubernetes operation (like Jobs for hooks) during the performance
 *     of a Helm rollback action. Defaults to 'HelmReleaseSpec.Timeout'. A Go duration such as {@code 10m}
 */
public record Rollback(
        @Nullable Boolean cleanupOnFail,
        @Nullable Boolean disableHooks,
        @Nullable Boolean disableWait,
        @Nullable Boolean disableWaitForJobs,
        @Nullable Boolean force,
        @Nullable Boolean recreate,
        @Nullable String serverSideApply,
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
    public static final class Builder extends RecordBuilder<Rollback, Builder> {

        private Builder(@Nullable Rollback from) {
            super(Rollback.class, from);
        }

        public Builder cleanupOnFail(boolean cleanupOnFail) {
            return set("cleanupOnFail", cleanupOnFail);
        }

        public Builder disableHooks(boolean disableHooks) {
            return set("disableHooks", disableHooks);
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

        public Builder recreate(boolean recreate) {
            return set("recreate", recreate);
        }

        public Builder serverSideApply(String serverSideApply) {
            return set("serverSideApply", serverSideApply);
        }

        public Builder timeout(Duration timeout) {
            return set("timeout", FluxDuration.of(timeout));
        }
    }
}
