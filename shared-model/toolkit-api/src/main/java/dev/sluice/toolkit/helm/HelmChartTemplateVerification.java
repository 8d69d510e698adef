package dev.sluice.toolkit.helm;

import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/** How the signature of a chart in an OCI registry is verified. */
public record HelmChartTemplateVerification(
        String provider, @Nullable LocalObjectReference secretRef) {

    public HelmChartTemplateVerification {
        Required.field(provider, "HelmChartTemplateVerification", "provider");
    }
}
