package dev.sluice.toolkit.notification;

import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.ToolkitList;
import io.kubernetes.client.openapi.models.V1ListMeta;
import java.util.List;

/**
 * A list of Alert objects.
 *
 * <p>API: {@code notification.toolkit.fluxcd.io/v1}, {@code notification.toolkit.fluxcd.io/v1beta3}.
 *
 * @param apiVersion group and version; an empty text becomes that of the type
 * @param kind the kind; an empty text becomes that of the type
 * @param metadata resource version of the list, and the continue token if there are further pages
 * @param items the objects of this page: all of them if the request had no limit
 */
public record AlertList(String apiVersion, String kind, V1ListMeta metadata, List<Alert> items)
        implements ToolkitList<Alert> {

    /** Replaces an empty API version or kind with that of this list. */
    public AlertList {
        apiVersion = apiVersion.isEmpty() ? Alert.TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? Alert.TYPE.kind().listKind() : kind;
        Required.field(metadata, "AlertList", "metadata");
        items = List.copyOf(items);
    }
}
