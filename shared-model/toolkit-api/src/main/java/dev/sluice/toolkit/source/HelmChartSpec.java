package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.RecordBuilder;
import dev.sluice.toolkit.meta.Required;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The desired state of a HelmChart.
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}.
 *
 * @param chart the name or path the Helm chart is available at in the SourceRef
 * @param interval interval at which the HelmChart SourceRef is checked for updates. This interval is approximate and
 *     may be subject to jitter to ensure efficient use of resources. A Go duration such as {@code 10m}
 * @param sourceRef the reference to the Source the chart is available at
 * @param ignoreMissingValuesFiles controls whether to silently ignore missing values files rather than failing
 * @param reconcileStrategy what enables the creation of a new artifact. Valid values are ('ChartVersion', 'Revision').
 *     Defaults to ChartVersion when omitted
 * @param suspend tells the controller to suspend the reconciliation of this source
 * @param valuesFiles an alternative list of values files to use as the chart values (values.yaml is not included by
 *     default), expected to be a relative path in the SourceRef. Values files are merged in the order of this list
 *     with the last file overriding the first
 * @param verify the secret name containing the trusted public keys used to verify the signature and specifies which
 *     provider to use to check whether OCI image is authentic. This field is only supported when using HelmRepository
 *     source with spec.type 'oci'
 * @param version a version or a range such as {@code 8.x}, ignored for charts from a GitRepository or Bucket; defaults
 *     to {@code *}, the latest
 */
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
