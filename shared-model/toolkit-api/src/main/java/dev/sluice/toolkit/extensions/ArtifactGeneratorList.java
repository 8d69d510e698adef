package dev.sluice.toolkit.extensions;

import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.ToolkitList;
import io.kubernetes.client.openapi.models.V1ListMeta;
import java.util.List;

/**
 * A list of ArtifactGenerator objects.
 *
 * <p>API: {@code source.extensions.fluxcd.io/v1beta1}.
 *
 * @param apiVersion group and version; an empty text becomes that of the type
 * @param kind the kind; an empty text becomes that of the type
 * @param metadata resource version of the list, and the continue token if there are further pages
 * @param items the objects of this page: all of them if the request had no limit
 */
public record ArtifactGeneratorList(String apiVersion, String kind, V1ListMeta metadata, List<ArtifactGenerator> items)
        implements ToolkitList<ArtifactGenerator> {

    /** Replaces an empty API version or kind with that of this list. */
    public ArtifactGeneratorList {
        apiVersion = apiVersion.isEmpty() ? ArtifactGenerator.TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? ArtifactGenerator.TYPE.kind().listKind() : kind;
        Required.field(metadata, "ArtifactGeneratorList", "metadata");
        items = List.copyOf(items);
    }
}
