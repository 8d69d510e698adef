package dev.sluice.toolkit.helm;

import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.RecordBuilder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to upgrade a release.
 *
 * @param crds {@code Skip} (the default), {@code Create} or {@code CreateReplace}
 * @param serverSideApply {@code enabled}, {@code disabled} or {@code auto}
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
