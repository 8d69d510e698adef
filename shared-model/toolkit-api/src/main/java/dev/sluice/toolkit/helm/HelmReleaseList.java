package dev.sluice.toolkit.helm;

import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.ToolkitList;
import io.kubernetes.client.openapi.models.V1ListMeta;
import java.util.List;

/** A list of HelmRelease objects. */
public record HelmReleaseList(String apiVersion, String kind, V1ListMeta metadata, List<HelmRelease> items)
        implements ToolkitList<HelmRelease> {

    /** An empty API version or kind becomes this list's own. */
    public HelmReleaseList {
        apiVersion = apiVersion.isEmpty() ? HelmRelease.TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? HelmRelease.TYPE.kind().listKind() : kind;
        Required.field(metadata, "HelmReleaseList", "metadata");
        items = List.copyOf(items);
    }
}
