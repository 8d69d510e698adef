package dev.sluice.toolkit.notification;

import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.ToolkitList;
import io.kubernetes.client.openapi.models.V1ListMeta;
import java.util.List;

/** A list of Provider objects. */
public record ProviderList(String apiVersion, String kind, V1ListMeta metadata, List<Provider> items)
        implements ToolkitList<Provider> {

    /** Replaces an empty API version or kind with that of this list. */
    public ProviderList {
        apiVersion = apiVersion.isEmpty() ? Provider.TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? Provider.TYPE.kind().listKind() : kind;
        Required.field(metadata, "ProviderList", "metadata");
        items = List.copyOf(items);
    }
}
