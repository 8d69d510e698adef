package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.ToolkitList;
import io.kubernetes.client.openapi.models.V1ListMeta;
import java.util.List;

/** A list of ImageUpdateAutomation objects. */
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
