package dev.sluice.toolkit.helm;

import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.NamespacedObjectKindReference;
import dev.sluice.toolkit.meta.RecordBuilder;
import dev.sluice.toolkit.meta.Required;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The spec of the HelmChart that is made.
 *
 * @param interval without one, the release's
 * @param version a version or a range such as {@code 8.x}; without one, the newest
 */
public record HelmChartTemplateSpec(
        String chart,
        NamespacedObjectKindReference sourceRef,
        @Nullable Boolean ignoreMissingValuesFiles,
        @Nullable FluxDuration interval,
        @Nullable String reconcileStrategy,
        List<String> valuesFiles,
        @Nullable HelmChartTemplateVerification verify,
        @Nullable String version) {

    public HelmChartTemplateSpec {
        Required.field(chart, "HelmChartTemplateSpec", "chart");
        Required.field(sourceRef, "HelmChartTemplateSpec", "sourceRef");
        valuesFiles = List.copyOf(valuesFiles);
    }

    /** An empty builder; {@code build()} insists on {@code chart} and {@code sourceRef}. */
    public static Builder builder() {
        return new Builder(null);
    }

    /** A builder that begins with these values. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Sets one field after the other; see {@link RecordBuilder}. */
    public static final class Builder extends RecordBuilder<HelmChartTemplateSpec, Builder> {

        private Builder(@Nullable HelmChartTemplateSpec from) {
            super(HelmChartTemplateSpec.class, from);
        }

        public Builder chart(String chart) {
            return set("chart", chart);
        }

        public Builder sourceRef(NamespacedObjectKindReference sourceRef) {
            return set("sourceRef", sourceRef);
        }

        public Builder ignoreMissingValuesFiles(boolean ignoreMissingValuesFiles) {
            return set("ignoreMissingValuesFiles", ignoreMissingValuesFiles);
        }

        public Builder interval(Duration interval) {
            return set("interval", FluxDuration.of(interval));
        }

        public Builder reconcileStrategy(String reconcileStrategy) {
            return set("reconcileStrategy", reconcileStrategy);
        }

        public Builder valuesFiles(List<String> valuesFiles) {
            return set("valuesFiles", valuesFiles);
        }

        public Builder verify(HelmChartTemplateVerification verify) {
            return set("verify", verify);
        }

        public Builder version(String version) {
            return set("version", version);
        }
    }
}
