package dev.sluice.toolkit.helm;

import dev.sluice.toolkit.meta.CommonMetadata;
import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/** The HelmChart that helm-controller makes for a release. */
public record HelmChartTemplate(
        HelmChartTemplateSpec spec, @Nullable CommonMetadata metadata) {

    public HelmChartTemplate {
        Required.field(spec, "HelmChartTemplate", "spec");
    }

    /** A chart of a source, without labels and annotations. */
    public static HelmChartTemplate of(HelmChartTemplateSpec spec) {
        return new HelmChartTemplate(spec, null);
    }
}
