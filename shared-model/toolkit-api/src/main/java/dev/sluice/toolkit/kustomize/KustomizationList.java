package dev.sluice.toolkit.kustomize;

import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.ToolkitList;
import io.kubernetes.client.openapi.models.V1ListMeta;
import java.util.List;

/** A list of Kustomization objects. */
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
