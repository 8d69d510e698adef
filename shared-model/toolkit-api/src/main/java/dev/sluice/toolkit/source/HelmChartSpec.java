package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.RecordBuilder;
import dev.sluice.toolkit.meta.Required;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The desired state of a HelmChart. */
public record HelmChartSpec(
        String chart,
        FluxDuration interval,
        LocalHelmChartSourceReference sourceRef,
        @Nullable Boolean ignoreMissingValuesFiles,
        @Nullable String reconcileStrategy,
        @Nullable Boolean suspend,
        List<String> valuesFiles,
        @Nullable HelmChartVerification verify,
        @Nullable String version) {

    public HelmChartSpec {
        Required.field(chart, "HelmChartSpec", "chart");
        Required.field(interval, "HelmChartSpec", "interval");
        Required.field(sourceRef, "HelmChartSpec", "sourceRef");
        valuesFiles = List.copyOf(valuesFiles);
    }

    /** Returns an empty builder; {@code build()} requires {@code chart}, {@code interval} and {@code sourceRef}. */
    public static Builder builder() {
        return new Builder(null);
    }

    /** Returns a builder with the values of this record. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Builder with a setter for each field; see {@link RecordBuilder}. */
    public static final class Builder extends RecordBuilder<HelmChartSpec, Builder> {

        private Builder(@Nullable HelmChartSpec from) {
            super(HelmChartSpec.class, from);
        }

        public Builder chart(String chart) {
            return set("chart", chart);
        }

        public Builder interval(Duration interval) {
            return set("interval", FluxDuration.of(interval));
        }

        public Builder sourceRef(LocalHelmChartSourceReference sourceRef) {
            return set("sourceRef", sourceRef);
        }

        public Builder ignoreMissingValuesFiles(boolean ignoreMissingValuesFiles) {
            return set("ignoreMissingValuesFiles", ignoreMissingValuesFiles);
        }

        public Builder reconcileStrategy(String reconcileStrategy) {
            return set("reconcileStrategy", reconcileStrategy);
        }

        public Builder suspend(boolean suspend) {
            return set("suspend", suspend);
        }

        public Builder valuesFiles(List<String> valuesFiles) {
            return set("valuesFiles", valuesFiles);
        }

        public Builder verify(HelmChartVerification verify) {
            return set("verify", verify);
        }

        public Builder version(String version) {
            return set("version", version);
        }
    }
}
