package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.ToolkitList;
import io.kubernetes.client.openapi.models.V1ListMeta;
import java.util.List;

/**
 * A list of GitRepository objects.
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}.
 *
 * @param apiVersion group and version; an empty text becomes that of the type
 * @param kind the kind; an empty text becomes that of the type
 * @param metadata resource version of the list, and the continue token if there are further pages
 * @param items the objects of this page: all of them if the request had no limit
 */
public record GitRepositoryList(String apiVersion, String kind, V1ListMeta metadata, List<GitRepository> items)
        implements ToolkitList<GitRepository> {

    /** Replaces an empty API version or kind with that of this list. */
    public GitRepositoryList {
        apiVersion = apiVersion.isEmpty() ? GitRepository.TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? GitRepository.TYPE.kind().listKind() : kind;
        Required.field(metadata, "GitRepositoryList", "metadata");
        items = List.copyOf(items);
    }
}
