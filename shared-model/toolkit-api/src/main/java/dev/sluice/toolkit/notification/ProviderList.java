package dev.sluice.toolkit.notification;

import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.ToolkitList;
import io.kubernetes.client.openapi.models.V1ListMeta;
import java.util.List;

/**
 * A list of Provider objects.
 *
 * <p>API: {@code notification.toolkit.fluxcd.io/v1}, {@code notification.toolkit.fluxcd.io/v1beta3}.
 *
 * @param apiVersion group and version; an empty text becomes that of the type
 * @param kind the kind; an empty text becomes that of the type
 * @param metadata resource version of the list, and the continue token if there are further pages
 * @param items the objects of this page: all of them if the request had no limit
 */
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
