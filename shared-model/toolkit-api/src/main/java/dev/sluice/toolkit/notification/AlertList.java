package dev.sluice.toolkit.notification;

import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.ToolkitList;
import io.kubernetes.client.openapi.models.V1ListMeta;
import java.util.List;

/** A list of Alert objects. */
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
