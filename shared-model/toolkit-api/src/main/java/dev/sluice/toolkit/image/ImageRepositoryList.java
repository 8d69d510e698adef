package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.ToolkitList;
import io.kubernetes.client.openapi.models.V1ListMeta;
import java.util.List;

/**
 * A list of ImageRepository objects.
 *
 * <p>API: {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param apiVersion group and version; an empty text becomes that of the type
 * @param kind the kind; an empty text becomes that of the type
 * @param metadata resource version of the list, and the continue token if there are further pages
 * @param items the objects of this page: all of them if the request had no limit
 */
public record ImageRepositoryList(String apiVersion, String kind, V1ListMeta metadata, List<ImageRepository> items)
        implements ToolkitList<ImageRepository> {

    /** Replaces an empty API version or kind with that of this list. */
    public ImageRepositoryList {
        apiVersion = apiVersion.isEmpty() ? ImageRepository.TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? ImageRepository.TYPE.kind().listKind() : kind;
        Required.field(metadata, "ImageRepositoryList", "metadata");
        items = List.copyOf(items);
    }
}
