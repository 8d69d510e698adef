package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.ToolkitList;
import io.kubernetes.client.openapi.models.V1ListMeta;
import java.util.List;

/**
 * A list of ImagePolicy objects.
 *
 * <p>API: {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param apiVersion group and version; an empty text becomes that of the type
 * @param kind the kind; an empty text becomes that of the type
 * @param metadata resource version of the list, and the continue token if there are further pages
 * @param items the objects of this page: all of them if the request had no limit
 */
public record ImagePolicyList(String apiVersion, String kind, V1ListMeta metadata, List<ImagePolicy> items)
        implements ToolkitList<ImagePolicy> {

    /** Replaces an empty API version or kind with that of this list. */
    public ImagePolicyList {
        apiVersion = apiVersion.isEmpty() ? ImagePolicy.TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? ImagePolicy.TYPE.kind().listKind() : kind;
        Required.field(metadata, "ImagePolicyList", "metadata");
        items = List.copyOf(items);
    }
}
