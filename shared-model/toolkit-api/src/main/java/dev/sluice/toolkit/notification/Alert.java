package dev.sluice.toolkit.notification;

import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.FluxObject;
import dev.sluice.toolkit.meta.Required;
import io.kubernetes.client.openapi.models.V1ObjectMeta;

/**
 * Selects the events that are sent to a provider; has no status.
 *
 * <p>API: {@code notification.toolkit.fluxcd.io/v1}, {@code notification.toolkit.fluxcd.io/v1beta3}.
 *
 * @param apiVersion group and version; an empty text becomes that of the type
 * @param kind the kind; an empty text becomes that of the type
 * @param metadata name, namespace, labels and annotations, and what the API server sets
 * @param spec the desired state
 */
public record Alert(String apiVersion, String kind, V1ObjectMeta metadata, AlertSpec spec)
        implements FluxObject<AlertSpec> {

    /** Group, version and Java types of this kind. */
    public static final ApiType<Alert, AlertList> TYPE = new ApiType<>(
            new ApiKind("notification.toolkit.fluxcd.io", "v1", "Alert", "alerts"), Alert.class, AlertList.class);

    /**
     * This kind in the deprecated {@code v1beta3}, the only version in Flux 2.9 and earlier. It has one more field,
     * {@code summary}.
     */
    public static final ApiType<Alert, AlertList> V1BETA3 = TYPE.inVersion("v1beta3");

    /** Replaces an empty API version or kind with that of this kind. */
    public Alert {
        apiVersion = apiVersion.isEmpty() ? TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? TYPE.kind().kind() : kind;
        Required.field(metadata, "Alert", "metadata");
        Required.field(spec, "Alert", "spec");
    }

    /** Creates an object. */
    public Alert(V1ObjectMeta metadata, AlertSpec spec) {
        this("", "", metadata, spec);
    }

    /** Creates an object in one of the served API versions. */
    public static Alert of(ApiType<Alert, AlertList> type, V1ObjectMeta metadata, AlertSpec spec) {
        return new Alert(type.kind().apiVersion(), "", metadata, spec);
    }

    @Override
    public Alert withMetadata(V1ObjectMeta metadata) {
        return new Alert(apiVersion, kind, metadata, spec);
    }

    /** Returns a copy with another spec. */
    public Alert withSpec(AlertSpec spec) {
        return new Alert(apiVersion, kind, metadata, spec);
    }
}
