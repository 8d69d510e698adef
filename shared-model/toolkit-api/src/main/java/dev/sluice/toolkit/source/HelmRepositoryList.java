package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.ToolkitList;
import io.kubernetes.client.openapi.models.V1ListMeta;
import java.util.List;

/**
 * A list of HelmRepository objects.
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}.
 *
 * @param apiVersion group and version; an empty text becomes that of the type
 * @param kind the kind; an empty text becomes that of the type
 * @param metadata resource version of the list, and the continue token if there are further pages
 * @param items the objects of this page: all of them if the request had no limit
 */
public record HelmRepositoryList(String apiVersion, String kind, V1ListMeta metadata, List<HelmRepository> items)
        implements ToolkitList<HelmRepository> {

    /** Replaces an empty API version or kind with that of this list. */
    public HelmRepositoryList {
        apiVersion = apiVersion.isEmpty() ? HelmRepository.TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? HelmRepository.TYPE.kind().listKind() : kind;
        Required.field(metadata, "HelmRepositoryList", "metadata");
        items = List.copyOf(items);
    }
}
