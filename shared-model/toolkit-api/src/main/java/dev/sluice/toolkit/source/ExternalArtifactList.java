package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.ToolkitList;
import io.kubernetes.client.openapi.models.V1ListMeta;
import java.util.List;

/**
 * A list of ExternalArtifact objects.
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}.
 *
 * @param apiVersion group and version; an empty text becomes that of the type
 * @param kind the kind; an empty text becomes that of the type
 * @param metadata resource version of the list, and the continue token if there are further pages
 * @param items the objects of this page: all of them if the request had no limit
 */
public record ExternalArtifactList(String apiVersion, String kind, V1ListMeta metadata, List<ExternalArtifact> items)
        implements ToolkitList<ExternalArtifact> {

    /** Replaces an empty API version or kind with that of this list. */
    public ExternalArtifactList {
        apiVersion = apiVersion.isEmpty() ? ExternalArtifact.TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? ExternalArtifact.TYPE.kind().listKind() : kind;
        Required.field(metadata, "ExternalArtifactList", "metadata");
        items = List.copyOf(items);
    }
}
