package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/** The source, in the same namespace, that holds a chart. */
public record LocalHelmChartSourceReference(
        String kind, String name, @Nullable String apiVersion) {

    public LocalHelmChartSourceReference {
        Required.field(kind, "LocalHelmChartSourceReference", "kind");
        Required.field(name, "LocalHelmChartSourceReference", "name");
    }
}
