package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/** A reference to the source of a chart in the same namespace. */
public record LocalHelmChartSourceReference(
        String kind, String name, @Nullable String apiVersion) {

    public LocalHelmChartSourceReference {
        Required.field(kind, "LocalHelmChartSourceReference", "kind");
        Required.field(name, "LocalHelmChartSourceReference", "name");
    }
}
