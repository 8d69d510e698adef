package dev.sluice.toolkit.notification;

import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.ToolkitList;
import io.kubernetes.client.openapi.models.V1ListMeta;
import java.util.List;

/**
 * A list of Receiver objects.
 *
 * <p>API: {@code notification.toolkit.fluxcd.io/v1}.
 *
 * @param apiVersion group and version; an empty text becomes that of the type
 * @param kind the kind; an empty text becomes that of the type
 * @param metadata resource version of the list, and the continue token if there are further pages
 * @param items the objects of this page: all of them if the request had no limit
 */
public record ReceiverList(String apiVersion, String kind, V1ListMeta metadata, List<Receiver> items)
        implements ToolkitList<Receiver> {

    /** Replaces an empty API version or kind with that of this list. */
    public ReceiverList {
        apiVersion = apiVersion.isEmpty() ? Receiver.TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? Receiver.TYPE.kind().listKind() : kind;
        Required.field(metadata, "ReceiverList", "metadata");
        items = List.copyOf(items);
    }
}
