package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.ToolkitList;
import io.kubernetes.client.openapi.models.V1ListMeta;
import java.util.List;

/**
 * A list of ImageUpdateAutomation objects.
 *
 * <p>API: {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param apiVersion group and version; an empty text becomes that of the type
 * @param kind the kind; an empty text becomes that of the type
 * @param metadata resource version of the list, and the continue token if there are further pages
 * @param items the objects of this page: all of them if the request had no limit
 */
public record ImageUpdateAutomationList(
        String apiVersion, String kind, V1ListMeta metadata, List<ImageUpdateAutomation> items)
        implements ToolkitList<ImageUpdateAutomation> {

    /** Replaces an empty API version or kind with that of this list. */
    public ImageUpdateAutomationList {
        apiVersion = apiVersion.isEmpty() ? ImageUpdateAutomation.TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? ImageUpdateAutomation.TYPE.kind().listKind() : kind;
        Required.field(metadata, "ImageUpdateAutomationList", "metadata");
        items = List.copyOf(items);
    }
}
