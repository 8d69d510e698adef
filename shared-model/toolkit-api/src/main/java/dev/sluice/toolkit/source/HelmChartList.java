package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.ToolkitList;
import io.kubernetes.client.openapi.models.V1ListMeta;
import java.util.List;

/**
 * A list of HelmChart objects.
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}.
 *
 * @param apiVersion group and version; an empty text becomes that of the type
 * @param kind the kind; an empty text becomes that of the type
 * @param metadata resource version of the list, and the continue token if there are further pages
 * @param items the objects of this page: all of them if the request had no limit
 */
public record HelmChartList(String apiVersion, String kind, V1ListMeta metadata, List<HelmChart> items)
        implements ToolkitList<HelmChart> {

    /** Replaces an empty API version or kind with that of this list. */
    public HelmChartList {
        apiVersion = apiVersion.isEmpty() ? HelmChart.TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? HelmChart.TYPE.kind().listKind() : kind;
        Required.field(metadata, "HelmChartList", "metadata");
        items = List.copyOf(items);
    }
}
