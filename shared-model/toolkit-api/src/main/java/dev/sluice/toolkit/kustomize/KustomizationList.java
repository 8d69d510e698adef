package dev.sluice.toolkit.kustomize;

import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.ToolkitList;
import io.kubernetes.client.openapi.models.V1ListMeta;
import java.util.List;

/**
 * A list of Kustomization objects.
 *
 * <p>API: {@code kustomize.toolkit.fluxcd.io/v1}.
 *
 * @param apiVersion group and version; an empty text becomes that of the type
 * @param kind the kind; an empty text becomes that of the type
 * @param metadata resource version of the list, and the continue token if there are further pages
 * @param items the objects of this page: all of them if the request had no limit
 */
public record KustomizationList(String apiVersion, String kind, V1ListMeta metadata, List<Kustomization> items)
        implements ToolkitList<Kustomization> {

    /** Replaces an empty API version or kind with that of this list. */
    public KustomizationList {
        apiVersion = apiVersion.isEmpty() ? Kustomization.TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? Kustomization.TYPE.kind().listKind() : kind;
        Required.field(metadata, "KustomizationList", "metadata");
        items = List.copyOf(items);
    }
}
