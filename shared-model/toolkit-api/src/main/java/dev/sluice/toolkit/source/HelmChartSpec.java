package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.Required;
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
}
