package dev.sluice.toolkit.helm;

import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.ToolkitList;
import io.kubernetes.client.openapi.models.V1ListMeta;
import java.util.List;

/**
 * A list of HelmRelease objects.
 *
 * <p>API: {@code helm.toolkit.fluxcd.io/v2}.
 *
 * @param apiVersion group and version; an empty text becomes that of the type
 * @param kind the kind; an empty text becomes that of the type
 * @param metadata resource version of the list, and the continue token if there are further pages
 * @param items the objects of this page: all of them if the request had no limit
 */
public record HelmReleaseList(String apiVersion, String kind, V1ListMeta metadata, List<HelmRelease> items)
        implements ToolkitList<HelmRelease> {

    /** Replaces an empty API version or kind with that of this list. */
    public HelmReleaseList {
        apiVersion = apiVersion.isEmpty() ? HelmRelease.TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? HelmRelease.TYPE.kind().listKind() : kind;
        Required.field(metadata, "HelmReleaseList", "metadata");
        items = List.copyOf(items);
    }
}
