package dev.sluice.toolkit.helm;

import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.RecordBuilder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to install a release.
 *
 * @param crds {@code Skip}, {@code Create} (the default) or {@code CreateReplace}
 * @param skipCRDs deprecated; use {@code crds}
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
