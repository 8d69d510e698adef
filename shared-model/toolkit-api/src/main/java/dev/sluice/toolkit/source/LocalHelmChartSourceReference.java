package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/**
 * A reference to the source of a chart in the same namespace.
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}.
 *
 * @param kind kind of the referent, valid values are ('HelmRepository', 'GitRepository', 'Bucket')
 * @param name {@code metadata.name} of the referent
 * @param apiVersion API group and version of the referenced source
 */
public record LocalHelmChartSourceReference(
        String kind, String name, @Nullable String apiVersion) {

    public LocalHelmChartSourceReference {
        Required.field(kind, "LocalHelmChartSourceReference", "kind");
        Required.field(name, "LocalHelmChartSourceReference", "name");
    }
}
