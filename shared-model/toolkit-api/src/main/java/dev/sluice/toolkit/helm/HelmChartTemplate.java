package dev.sluice.toolkit.helm;

import dev.sluice.toolkit.meta.CommonMetadata;
import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/**
 * The template of the source that helm-controller creates for a release.
 *
 * <p>API: {@code helm.toolkit.fluxcd.io/v2}.
 *
 * @param kind {@code HelmChart} (the default) or {@code OCIRepository}; since Flux 2.10
 * @param spec the template for the v1.HelmChartSpec for this HelmRelease
 * @param metadata the template for metadata such as labels and annotations
 */
public record HelmChartTemplate(
        @Nullable String kind,
        HelmChartTemplateSpec spec,
        @Nullable CommonMetadata metadata) {

    public HelmChartTemplate {
        Required.field(spec, "HelmChartTemplate", "spec");
    }

    /** Creates a template of a HelmChart without labels and annotations. */
    public static HelmChartTemplate of(HelmChartTemplateSpec spec) {
        return new HelmChartTemplate(null, spec, null);
    }
}
